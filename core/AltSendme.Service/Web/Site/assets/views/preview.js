// What a ticket names, before anything is fetched: who, what, how much, and where it would go.
import { button, card, checkbox, field, select } from "../controls.js";
import { fill, h, icon } from "../dom.js";
import { chooseFolder } from "./folder.js";
import { amount, bytes, duration, moment } from "../format.js";
import { rich, t } from "../i18n.js";
import { nameOf, pathOf } from "../names.js";
import { thumbnail } from "../thumbnail.js";

const SHOWN = 200;
const WAIT_DAYS = 7;

/** The preview. `act.receive({ destination, conflict, waitUntil })` begins, `act.back()` goes back, `act.look(destination)` asks again for another folder. */
export function previewCard(view, desk, act) {
  const conflict = select(["rename", "overwrite", "skip"].map((rule) => [rule, t(`receive.conflict.${rule}`)]), act.conflict ?? "rename");
  const problem = h("div", { role: "alert", hidden: true });
  let waits = false;
  const start = button(t("receive.start"), () => act.receive({ destination: view.destination, conflict: conflict.value, waitUntil: waits ? inDays(WAIT_DAYS) : undefined }), { kind: "primary", picture: "receive", problem });
  const change = button(t("receive.changeFolder"), async () => {
    const folder = await chooseFolder(view.destination, desk);
    if (folder) await act.look(folder);
  }, { problem });

  return card({ class: "preview", "aria-labelledby": "preview-title" },
    h("div", { class: "preview-head" },
      thumbnail(view.stated?.thumbnail) ?? h("span", { class: "tile" }, icon(view.files === 1 ? "file" : "folder")),
      h("div", {},
        h("h2", { id: "preview-title", tabIndex: -1 }, titleOf(view)),
        h("p", { class: "sum" }, amount(view.files, view.bytes)))),
    notes(view),
    fileList(view),
    h("dl", { class: "facts" },
      fact(t("receive.sender"), pathOf(view.sender)),
      fact(t("receive.folder"), h("span", { class: "with-button" }, pathOf(view.destination), change)),
      isNumber(view.freeBytes) && fact(t("receive.space"), spaceOf(view)),
      view.expires && fact(t("receive.expires"), moment(view.expires))),
    field(t("receive.conflict.label"), conflict),
    checkbox(t("receive.wait"), false, (ticked) => { waits = ticked; }, { help: t("receive.waitHelp", { time: duration(WAIT_DAYS * 86400) }) }),
    problem,
    h("div", { class: "actions" }, start, button(t("common.back"), act.back)));
}

/** A moment some days from now, as the interface writes it. */
export const inDays = (days) => new Date(Date.now() + days * 86400000).toISOString();

function titleOf(view) {
  const name = view.names[0]?.name.split("/")[0] ?? view.stated?.name ?? "";
  const tops = new Set(view.names.map((file) => file.name.split("/")[0])).size;
  return tops > 1 ? rich("receive.andMore", { name: nameOf(name), count: tops - 1 }) : nameOf(name);
}

function notes(view) {
  const lines = [
    view.freeBytes < view.bytes - (view.presentBytes ?? 0) && ["warning", t("receive.noSpace", { size: bytes(view.bytes - view.freeBytes) })],
    view.differs && ["warning", t("receive.differs")],
    view.presentBytes > 0 && ["resume", t("receive.present", { size: bytes(view.presentBytes) })],
    view.oneTime && ["clock", t("receive.oneTime")],
  ].filter(Boolean);
  const renamed = (view.changedNames ?? []).map(({ from, to }) => ["warning", rich("receive.renamed", { from: nameOf(from), to: nameOf(to) })]);
  return fill(h("ul", { class: "notes" }), [...lines, ...renamed].map(([picture, text]) => h("li", {}, icon(picture), h("span", {}, text))));
}

function fileList(view) {
  const pictures = new Map((view.stated?.names ?? []).map((item) => [item.name, item.thumbnail]));
  const list = h("ul", { class: "files", tabIndex: 0, "aria-label": t("receive.files") });
  const more = button("", () => add(), { kind: "quiet" });
  let shown = 0;
  add();
  return h("div", {}, list, more, [...pictures.values()].some(Boolean) && h("p", { class: "help" }, t("receive.pictures")));

  function add() {
    const next = view.names.slice(shown, shown + SHOWN);
    list.append(...next.map((file) => h("li", {}, thumbnail(pictures.get(file.name)) ?? icon("file"), nameOf(file.name), h("span", { class: "size" }, bytes(file.bytes)))));
    shown += next.length;
    more.hidden = shown >= view.names.length;
    more.lastChild.textContent = t("receive.more", { count: view.names.length - shown });
  }
}

function spaceOf(view) {
  return t("receive.spaceOf", { needed: bytes(Math.max(0, view.bytes - (view.presentBytes ?? 0))), free: bytes(view.freeBytes) });
}

const fact = (term, value) => [h("dt", {}, term), h("dd", {}, value)];

const isNumber = (value) => typeof value === "number";
