// What is to be shared: files and folders, picked or dropped, or a text; for whom and for how long.
import { post } from "../api.js";
import { announce, button, card, field, radios, select } from "../controls.js";
import { fill, h, icon, uniqueId } from "../dom.js";
import { ServiceError, showError } from "../errors.js";
import { amount, bytes, duration, rate } from "../format.js";
import { t } from "../i18n.js";
import { nameOf, plainName } from "../names.js";
import { droppedIn, pickedIn, topsOf } from "../picked.js";
import { limits, shareFiles, sharePaths, shareText } from "../uploads.js";

const HOUR = 3600;
const LIVES = [0, HOUR, 24 * HOUR, 7 * 24 * HOUR];
const TICKETS = ["", "id", "relay", "addresses", "full"];

/** The form; calls `done(share)` once the service has what it shares. */
export function shareForm(desk, done) {
  const order = { broadcast: false, ticketType: "", life: 0 };
  let picked = []; // What the browser gave, to be copied.
  let paths = []; // What the desktop's dialog gave, shared where it is.
  let kind = "files";

  const problem = h("div", { role: "alert", hidden: true });
  const chosen = h("ul", { class: "files", tabIndex: 0, "aria-label": t("share.chosen"), hidden: true });
  const sum = h("p", { class: "sum", hidden: true });
  const limit = h("p", { class: "help" });
  const text = h("textarea", { rows: 6, dir: "auto" });
  const start = button(t("share.start"), begin, { kind: "primary", picture: "share", problem });
  const files = h("div", { class: "drop-area" }, dropZone(), sum, chosen);
  const words = h("div", { hidden: true }, field(t("share.text"), text));
  const form = card({ "aria-labelledby": "share-heading" },
    h("h2", { id: "share-heading" }, t("share.heading")),
    kindSwitch(), files, words,
    radios(t("share.for"), "audience", [["one", t("share.forOne"), t("share.forOneHelp")], ["many", t("share.forMany"), t("share.forManyHelp")]], "one", (value) => { order.broadcast = value === "many"; }),
    h("details", {}, h("summary", {}, t("share.options")), h("div", { class: "pair" },
      field(t("share.expires"), select(LIVES.map((life) => [String(life), life === 0 ? t("share.never") : duration(life)]), "0", (value) => { order.life = Number(value); }), t("share.expiresHelp")),
      field(t("share.ticketType"), select(TICKETS.map((type) => [type, t(type ? `settings.ticketType.${type}` : "share.asInSettings")]), "", (value) => { order.ticketType = value; }), t("share.ticketTypeHelp")))),
    problem,
    h("div", { class: "actions" }, start));
  const stage = h("div", {}, form);
  limits(desk).then((most) => { limit.textContent = t("share.limit", { size: bytes(most.bytes), files: t("common.files", { count: most.files }) }); }, () => { limit.hidden = true; });
  return { element: stage };

  function kindSwitch() {
    const name = uniqueId("kind");
    return h("fieldset", {}, h("legend", { class: "unseen" }, t("share.what")), h("div", { class: "switch" }, ["files", "text"].map((value) =>
      h("label", {},
        h("input", { type: "radio", name, checked: value === kind, onchange: () => {
          kind = value;
          files.hidden = kind !== "files";
          words.hidden = kind !== "text";
        } }),
        icon(value === "files" ? "file" : "text"), t(`share.kind.${value}`)))));
  }

  function dropZone() {
    const input = (properties) => h("input", { type: "file", multiple: true, hidden: true, ...properties, onchange: (event) => {
      add(pickedIn(event.target));
      event.target.value = "";
    } });
    const pickFiles = input({ class: "pick-files" });
    const pickFolder = input({ class: "pick-folder", webkitdirectory: true });
    const zone = h("div", { class: "drop" }, icon("share"), h("p", {}, t("share.drop")),
      h("div", { class: "actions" }, button(t("share.pickFiles"), () => pick("files", pickFiles), { picture: "file", problem }), button(t("share.pickFolder"), () => pick("folder", pickFolder), { picture: "folder", problem })),
      pickFiles, pickFolder, limit);
    const over = (isOver) => (event) => {
      event.preventDefault();
      zone.classList.toggle("over", isOver);
    };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", async (event) => {
      over(false)(event);
      try {
        add(await droppedIn(event.dataTransfer));
      } catch {
        showError(problem, new ServiceError({ code: "source.unreadable", message: "" }));
      }
    });
    return zone;
  }

  // The desktop's own dialog says where something is, so that nothing has to be copied.
  async function pick(what, input) {
    if (!desk.canPick) return input.click();
    const chosenPaths = (await post("/web/pick", { kind: what })).paths;
    if (chosenPaths.length === 0) return undefined;
    paths = [...new Set([...paths, ...chosenPaths])];
    picked = [];
    return showChosen();
  }

  function add(entries) {
    if (entries.length === 0) return;
    const names = new Set(entries.map((entry) => entry.path));
    picked = [...picked.filter((entry) => !names.has(entry.path)), ...entries];
    paths = [];
    showChosen();
    announce(sum.textContent);
  }

  function showChosen() {
    fill(chosen,
      topsOf(picked).map((top) => chosenRow(top.name, top.isFolder, top.isFolder ? amount(top.files, top.bytes) : bytes(top.bytes), () => { picked = picked.filter((entry) => entry.path.split("/")[0] !== top.name); })),
      paths.map((path) => chosenRow(path, false, "", () => { paths = paths.filter((other) => other !== path); })));
    fill(sum, picked.length > 0 && amount(picked.length, total()));
  }

  function chosenRow(name, isFolder, size, forget) {
    return h("li", {}, icon(isFolder ? "folder" : "file"), nameOf(name), h("span", { class: "size" }, size), button(t("share.remove"), () => {
      forget();
      showChosen();
      (chosen.querySelector("button") ?? start).focus();
    }, { kind: "quiet", "aria-label": t("share.removeNamed", { name: plainName(name) }) }));
  }

  async function begin() {
    if (kind === "text" ? text.value === "" : picked.length + paths.length === 0) throw new ServiceError({ code: kind === "text" ? "window.no-text" : "window.no-files", message: "" });
    const terms = { broadcast: order.broadcast, ticketType: order.ticketType || undefined, expires: order.life ? new Date(Date.now() + order.life * 1000).toISOString() : undefined };
    if (kind === "text") {
      const view = await shareText(text.value, terms);
      text.value = "";
      return done(view);
    }

    if (paths.length === 0) return upload(terms);
    const view = await sharePaths(paths, terms);
    paths = [];
    showChosen();
    return done(view);
  }

  async function upload(terms) {
    const stop = new AbortController();
    const progress = h("progress", { max: 1, value: 0, "aria-label": t("share.uploading") });
    const line = h("p", { class: "line" });
    const all = total();
    const began = performance.now();
    const waiting = card({ "aria-busy": true }, h("p", { role: "status" }, t("share.uploading")), progress, line, h("p", { class: "help" }, t("share.uploadingHelp")), h("div", { class: "actions" }, button(t("common.cancel"), () => stop.abort(), { picture: "close" })));
    stage.replaceChildren(waiting);
    waiting.querySelector("button").focus();
    try {
      const view = await shareFiles(picked, terms, (sent) => {
        progress.value = all > 0 ? sent / all : 1;
        const perSecond = sent / Math.max(0.2, (performance.now() - began) / 1000);
        fill(line, h("span", {}, t("common.of", { done: bytes(sent), all: bytes(all) })), h("span", {}, rate(perSecond)));
      }, stop.signal);
      picked = [];
      showChosen();
      stage.replaceChildren(form);
      done(view);
    } catch (error) {
      stage.replaceChildren(form);
      start.focus();
      throw error;
    }
  }

  function total() {
    return picked.reduce((bytesSoFar, { file }) => bytesSoFar + file.size, 0);
  }
}
