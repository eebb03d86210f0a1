// Sharing: paths of this computer as they are, a text, or what a browser gives without a path, which is copied to the service first.
import { post, read, remove, urlOf } from "./api.js";
import { ServiceError } from "./errors.js";

const BUSY_PAUSE = 300;

/** How much can be copied at most: the room that there is, and the number of files. */
export async function limits(desk) {
  const { freeBytes } = await read(`/web/space?path=${encodeURIComponent(desk.home)}`);
  return { bytes: freeBytes, files: desk.limits.uploadFiles };
}

// The ticket comes by an event once everything is read, so that the window can show how far that is.
export const sharePaths = (paths, terms) => post("/v1/shares", { paths, ...terms, wait: false });
export const shareText = (text, terms) => post("/v1/shares", { text, ...terms, wait: false });

/** Copies files and shares them. `report(bytes)` says how far it is; when it is given up or fails, nothing stays. */
export async function shareFiles(entries, terms, report, signal) {
  const { id } = await post("/web/spools", undefined, signal);
  try {
    let before = 0;
    for (const { path, file } of entries) {
      await send(`/web/spools/${id}/files?name=${encodeURIComponent(path)}&offset=0`, file, (bytes) => report(before + bytes), signal);
      before += file.size;
      report(before);
    }

    return await post(`/web/spools/${id}/share`, { ...terms, wait: false }, signal);
  } catch (error) {
    await remove(`/web/spools/${id}`).catch(() => {});
    throw error;
  }
}

async function send(path, file, report, signal) {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await sendOnce(path, file, report, signal);
    } catch (error) {
      // So many small files that the service asks for a pause.
      if (error.code !== "service.busy") throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE));
    }
  }
}

// fetch says nothing of how far an upload is.
function sendOnce(path, file, report, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("PUT", urlOf(path));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => report(event.loaded));
    request.addEventListener("load", () => (request.status < 300 ? resolve() : reject(errorIn(request))));
    request.addEventListener("error", () => reject(new ServiceError({ code: "source.unreadable", message: "" })));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    signal.addEventListener("abort", stop);
    request.send(file);
  });
}

function errorIn(request) {
  try {
    return new ServiceError(JSON.parse(request.responseText));
  } catch {
    return new ServiceError({ code: "unexpected", message: `HTTP ${request.status}` });
  }
}
