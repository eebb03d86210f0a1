// A folder of this computer: chosen in the desktop's own dialog where there is one, else in one of ours. A browser's own never says where something is.
import { post, read } from "../api.js";
import { button, dialog, field } from "../controls.js";
import { fill, h, icon, write } from "../dom.js";
import { showError } from "../errors.js";
import { bytes } from "../format.js";
import { t } from "../i18n.js";
import { nameOf } from "../names.js";

/** The path that the user chose, or null. */
export async function chooseFolder(start, desk) {
  if (desk.canPick) return (await post("/web/pick", { kind: "folder" })).paths[0] ?? null;
  return new Promise((resolve) => showDialog(start, desk.home, resolve));
}

function showDialog(start, home, resolve) {
  const problem = h("div", { role: "alert", hidden: true });
  const path = h("input", { type: "text", dir: "ltr", spellcheck: false, autocomplete: "off" });
  const list = h("ul", { class: "folders", "aria-label": t("folder.inside") });
  const space = h("p", { class: "help", role: "status" });
  const name = h("input", { type: "text", dir: "auto", autocomplete: "off" });
  const create = button(t("folder.create"), async () => {
    const made = await post("/web/folders", { parent: path.value, name: name.value });
    name.value = "";
    await show(made.path);
  }, { problem });
  const box = dialog(t("folder.title"), h("div", { class: "settings" },
    field(t("folder.path"), path), problem, list, space,
    h("details", {}, h("summary", {}, t("folder.new")), h("div", { class: "with-button" }, field(t("folder.name"), name), create))), [
    button(t("common.cancel"), () => box.close()),
    button(t("folder.choose"), async () => {
      await show(path.value);
      box.close(path.value);
    }, { kind: "primary", problem }),
  ], { wide: true });
  // A list that comes late changes nothing that was written or opened meanwhile.
  let turn = 0;
  path.addEventListener("input", () => turn++);
  path.addEventListener("keydown", (event) => event.key === "Enter" && go(path.value));
  box.addEventListener("close", () => resolve(box.returnValue || null));
  // A folder for downloads is made with the first one.
  show(start).catch(() => turn === 1 && go(home));

  async function go(folder) {
    try {
      await show(folder);
      showError(problem);
    } catch (error) {
      showError(problem, error);
    }
  }

  async function show(folder) {
    const mine = ++turn;
    const view = await read(`/web/folders?path=${encodeURIComponent(folder)}`);
    if (mine !== turn) return;
    const wasInside = list.contains(document.activeElement);
    path.value = view.path;
    fill(list, view.parent && entry("up", t("folder.up"), view.parent), view.folders.map((child) => entry("folder", nameOf(child.name), child.path)));
    write(space, [!view.canWrite && t("folder.readOnly"), typeof view.freeBytes === "number" && t("folder.free", { size: bytes(view.freeBytes) })].filter(Boolean).join(" "));
    if (wasInside) list.querySelector("button")?.focus();
  }

  function entry(picture, label, target) {
    return h("li", {}, h("button", { type: "button", onclick: () => go(target) }, icon(picture), h("span", {}, label)));
  }
}
