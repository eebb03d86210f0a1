// One receive: how it stands, and what can be done about it.
import { post, read, remove } from "../api.js";
import { announce, badge, button, confirm, copyButton } from "../controls.js";
import { fill, h, icon, write } from "../dom.js";
import { showError } from "../errors.js";
import { amount, bytes, duration, moment, percent, rate } from "../format.js";
import { rich, t } from "../i18n.js";
import { nameOf, pathOf, plainName } from "../names.js";

const KINDS = { running: "live", waiting: "wait", interrupted: "wait", cancelled: "wait", failed: "bad", completed: "good" };
const QUARTER = 0.25;
const MAX_TEXT = 64 * 1024;

/** A card for a receive; `update(view)` shows it as it is now. */
export function receiveCard(first) {
  const title = h("h3", { tabIndex: -1, id: `receive-${first.id}` });
  const state = badge();
  const progress = h("progress", { max: 1 });
  const line = h("p", { class: "line" });
  const notice = h("p", { class: "help", hidden: true });
  const problem = h("div", { hidden: true });
  const text = h("div", { class: "text", hidden: true });
  const actions = h("div", { class: "actions" });
  const element = h("li", { class: "card transfer", "aria-labelledby": title.id },
    h("div", { class: "card-head" }, title, state.element), progress, line, notice, problem, text, actions);
  const path = `/v1/receives/${first.id}`;
  let shown = {};
  let saidQuarter = 0;
  update(first);
  return { element, update, focus: () => title.focus() };

  function update(view) {
    if (shown.name !== view.name || !shown.id) title.replaceChildren(view.name ? nameOf(view.name) : t("receive.unnamed"));
    state.show(KINDS[view.state], t(`receive.state.${view.state}`));
    showProgress(view);
    fill(line, lineOf(view));
    write(notice, noticeOf(view));
    if (shown.state !== view.state || shown.error?.message !== view.error?.message) {
      // A waiting receive says in its line what it waits for.
      showError(problem, view.state === "failed" || view.state === "interrupted" ? view.error : null);
      fill(actions, actionsFor(view));
      if (shown.state) announce(t("receive.said", { name: nameFor(view), state: t(`receive.state.${view.state}`) }));
      if (view.state === "completed") showText(view);
    }

    shown = view;
  }

  function showProgress(view) {
    const share = view.totalBytes > 0 ? view.bytes / view.totalBytes : null;
    progress.hidden = view.state === "completed";
    if (share === null && view.state === "running") progress.removeAttribute("value");
    else progress.value = share ?? 0;
    progress.ariaLabel = t("receive.progressOf", { name: nameFor(view) });
    const quarter = Math.floor((share ?? 0) / QUARTER);
    if (view.state === "running" && quarter > saidQuarter && quarter < 1 / QUARTER) announce(t("receive.said", { name: nameFor(view), state: percent(quarter * QUARTER) }));
    saidQuarter = quarter;
  }

  function lineOf(view) {
    const amountOf = typeof view.totalBytes === "number" ? t("common.of", { done: bytes(view.bytes), all: bytes(view.totalBytes) }) : null;
    const pieces = view.state === "completed"
      ? [amount(view.files, view.totalBytes), rich("receive.in", { folder: pathOf(view.destination) })]
      : view.state === "running"
        ? [amountOf, view.bytesPerSecond > 0 && rate(view.bytesPerSecond), typeof view.secondsLeft === "number" && view.bytesPerSecond > 0 && t("common.left", { time: duration(view.secondsLeft) }), wayOf(view)]
        : [amountOf, rich("receive.in", { folder: pathOf(view.destination) })];
    return pieces.filter(Boolean).map((piece) => h("span", {}, piece));
  }

  function actionsFor(view) {
    const act = (name, run, properties) => button(t(name), run, { problem, "aria-describedby": title.id, ...properties });
    const cancel = act("common.cancel", () => post(`${path}/cancel`), { picture: "close" });
    const discard = act("receive.discard", () => discardReceive(view), { picture: "trash", kind: "quiet" });
    switch (view.state) {
      case "running": return [cancel];
      case "waiting": return [act("receive.tryNow", () => post(`${path}/resume`), { picture: "resume", kind: "primary" }), cancel];
      case "completed": return [act("receive.openFolder", () => post(`/web/receives/${view.id}/open`), { picture: "folder", kind: "primary" }), act("common.remove", () => remove(path), { kind: "quiet" })];
      default: return [view.canResume && act("receive.resume", () => post(`${path}/resume`), { picture: "resume", kind: "primary" }), discard];
    }
  }

  async function discardReceive(view) {
    if (view.bytes > 0 && !(await confirm(t("receive.discardTitle"), t("receive.discardText", { size: bytes(view.bytes) }), t("receive.discard")))) return;
    await remove(path);
  }

  // A text that somebody shared is shown, to be read and copied.
  async function showText(view) {
    if (view.files !== 1 || view.totalBytes > MAX_TEXT || !view.paths?.[0]?.endsWith(".txt")) return;
    const content = await read(`/web/receives/${view.id}/text`).then((answer) => answer.text, () => null);
    if (content === null) return;
    fill(text, h("pre", { tabIndex: 0, "aria-label": t("receive.text"), dir: "auto" }, content), copyButton(t("receive.copyText"), () => content));
  }
}

function noticeOf(view) {
  if (view.state === "waiting") return [t("receive.waitsUntil", { time: moment(view.waitUntil) }), view.nextTry && t("receive.nextTry", { time: moment(view.nextTry) })].filter(Boolean).join(" ");
  if (view.state !== "running") return view.state !== "completed" && view.keptUntil ? t("receive.keptUntil", { time: moment(view.keptUntil) }) : "";
  if (!view.notice) return "";
  return view.path ? t("receive.reconnecting") : t("receive.connecting");
}

function wayOf(view) {
  return view.path && h("span", { class: "way", title: view.address ? plainName(view.address) : null }, icon(view.path === "relayed" ? "relayed" : "direct"), t(`common.${view.path}`));
}

const nameFor = (view) => (view.name ? plainName(view.name) : t("receive.unnamed"));
