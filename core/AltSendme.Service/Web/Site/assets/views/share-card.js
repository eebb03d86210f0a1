// One share: its ticket, who fetches it, and how to end it.
import { remove, urlOf } from "../api.js";
import { announce, badge, button, confirm, copyButton, field } from "../controls.js";
import { fill, h, icon, write } from "../dom.js";
import { showError } from "../errors.js";
import { amount, bytes, moment, rate } from "../format.js";
import { t } from "../i18n.js";
import { nameOf, pathOf, plainName } from "../names.js";

const KINDS = { preparing: "live", sharing: "live", changed: "bad", failed: "bad", ended: "good" };
const RECEIVER_KINDS = { connected: "live", completed: "good", left: "wait" };

/** A card for a share; `update(view)` shows it as it is now, `open()` brings it to the user with its ticket. */
export function shareCard(first) {
  const title = h("h3", { tabIndex: -1, id: `share-${first.id}` });
  const state = badge();
  const line = h("p", { class: "line" });
  const problem = h("div", { hidden: true });
  const hashing = h("progress", { max: 1, hidden: true });
  const ticket = h("textarea", { class: "ticket", dir: "ltr", rows: 3, readOnly: true, spellcheck: false, onfocus: () => ticket.select() });
  const code = h("details", { class: "code", ontoggle: () => showCode() }, h("summary", {}, t("share.code")));
  const way = h("div", { class: "way-in", hidden: true },
    field(t("share.ticket"), ticket, t("share.ticketHelp")),
    h("div", { class: "actions" }, copyButton(t("share.copyTicket"), () => ticket.value, { kind: "primary", select: () => ticket.select() })),
    code);
  const receivers = h("ul", { class: "receivers", "aria-label": t("share.receivers") });
  const actions = h("div", { class: "actions" });
  const element = h("li", { class: "card transfer", "aria-labelledby": title.id }, h("div", { class: "card-head" }, title, state.element), line, hashing, problem, way, receivers, actions);
  const rows = new Map();
  let shown = {};
  update(first);
  return { element, update, focus: () => title.focus(), open };

  function open() {
    code.open = true;
    element.scrollIntoView({ block: "start" });
    title.focus();
  }

  function update(view) {
    if (shown.name !== view.name || !shown.id) title.replaceChildren(view.name ? nameOf(view.name) : t("share.unnamed"));
    state.show(KINDS[view.state], stateOf(view));
    fill(line, lineOf(view).filter(Boolean).map((piece) => h("span", {}, piece)));
    hashing.hidden = view.state !== "preparing";
    hashing.ariaLabel = t("share.hashing");
    if (view.bytes > 0 && view.hashedBytes >= 0) hashing.value = view.hashedBytes / view.bytes;
    way.hidden = !view.ticket || view.state !== "sharing";
    if (view.ticket && ticket.value !== view.ticket) ticket.value = view.ticket;
    showCode();
    (view.receivers ?? []).forEach((receiver) => showReceiver(receiver, view));
    receivers.hidden = rows.size === 0;
    if (shown.state !== view.state || shown.error?.message !== view.error?.message) {
      showError(problem, view.error);
      fill(actions, actionsFor(view));
      if (shown.state) announce(t("receive.said", { name: nameFor(view), state: stateOf(view) }));
    }

    shown = view;
  }

  function showReceiver(receiver, view) {
    let row = rows.get(receiver.number);
    if (!row) {
      row = receiverRow(receiver);
      rows.set(receiver.number, row);
      receivers.prepend(row.element);
      if (shown.id) announce(t("share.connected"));
    }

    row.update(receiver, view);
  }

  function showCode() {
    if (!code.open || way.hidden || code.children.length > 1) return;
    const image = h("img", { class: "qr", src: urlOf(`/web/shares/${first.id}/qr`), alt: t("share.codeAlt"), width: 240, height: 240 });
    image.addEventListener("error", () => { code.hidden = true; });
    code.append(image);
  }

  function actionsFor(view) {
    const isOver = view.state === "ended";
    const end = async () => {
      if (isOver || (await confirm(t("share.stopTitle"), t("share.stopText"), t("share.stop")))) await remove(`/v1/shares/${view.id}`);
    };
    return [button(t(isOver ? "common.remove" : "share.stop"), end, { problem, picture: isOver ? null : "close", kind: isOver ? "quiet" : "plain", "aria-describedby": title.id })];
  }
}

function receiverRow(first) {
  const state = badge();
  const progress = h("progress", { max: 1, "aria-label": t("share.progressOf", { peer: plainName(first.peer) }) });
  const line = h("p", { class: "line" });
  const reason = h("p", { class: "help", hidden: true });
  const element = h("li", {}, h("div", { class: "card-head" }, pathOf(first.peer), state.element), progress, line, reason);
  return {
    element,
    update(receiver, share) {
      const hasOnlyLooked = receiver.state === "left" && receiver.bytes === 0;
      state.show(RECEIVER_KINDS[receiver.state], t(`share.receiver.${hasOnlyLooked ? "looked" : receiver.state}`));
      progress.hidden = receiver.state !== "connected";
      if (share.bytes > 0) progress.value = Math.min(1, receiver.bytes / share.bytes);
      fill(line, [
        share.bytes > 0 && receiver.state === "connected" ? t("common.of", { done: bytes(Math.min(receiver.bytes, share.bytes)), all: bytes(share.bytes) }) : !hasOnlyLooked && bytes(receiver.bytes),
        receiver.state === "connected" && receiver.bytesPerSecond > 0 && rate(receiver.bytesPerSecond),
        receiver.path && h("span", { class: "way", title: receiver.address ? plainName(receiver.address) : null }, icon(receiver.path === "relayed" ? "relayed" : "direct"), t(`common.${receiver.path}`)),
      ].filter(Boolean).map((piece) => h("span", {}, piece)));
      write(reason, receiver.state === "left" && !hasOnlyLooked ? t("share.mayReturn") : "");
      reason.title = receiver.reason ? plainName(receiver.reason) : "";
    },
  };
}

function stateOf(view) {
  return view.state === "sharing" && !(view.receivers ?? []).some((receiver) => receiver.state === "connected") ? t("share.state.waiting") : t(`share.state.${view.state}`);
}

function lineOf(view) {
  return [
    amount(view.files, view.bytes),
    view.state !== "ended" && t(view.broadcast ? "share.forMany" : "share.forOne"),
    view.expires && view.state !== "ended" && t("share.until", { time: moment(view.expires) }),
    view.deliveries > 0 && t("share.deliveries", { count: view.deliveries }),
    view.skipped?.length > 0 && t("share.skipped", { count: view.skipped.length }),
    view.isRenewed && t("share.renewed"),
  ];
}

const nameFor = (view) => (view.name ? plainName(view.name) : t("share.unnamed"));
