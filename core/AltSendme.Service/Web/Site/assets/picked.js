// Files that the user picked or dropped, folders with all that is in them.

/** `{ path, file }` for each file of an input element; `path` is relative and begins with the folder that was chosen. */
export const pickedIn = (input) => [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** The same for what was dropped. Must be called while the event is being handled, or the browser forgets what it was. */
export async function droppedIn(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return (await Promise.all(entries.map((entry) => filesOf(entry, "")))).flat();
}

/** What stands at the top, with the number of files and their size: what a user thinks to have chosen. */
export function topsOf(entries) {
  const tops = new Map();
  for (const { path, file } of entries) {
    const [name, ...rest] = path.split("/");
    const top = tops.get(name) ?? { name, isFolder: rest.length > 0, files: 0, bytes: 0 };
    top.files++;
    top.bytes += file.size;
    tops.set(name, top);
  }

  return [...tops.values()];
}

async function filesOf(entry, folder) {
  if (entry.isFile) return [{ path: folder + entry.name, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) }];
  const reader = entry.createReader();
  const found = [];
  // A reader gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const child of some) found.push(...(await filesOf(child, `${folder}${entry.name}/`)));
  }
}
