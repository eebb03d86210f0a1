// The receive window: a ticket goes in, what it names is shown, and what is received is followed.
import { post, put, read } from "../api.js";
import { cardList } from "../cards.js";
import { announce, button, card, emptyNote } from "../controls.js";
import { h } from "../dom.js";
import { showError } from "../errors.js";
import { t } from "../i18n.js";
import { inDays, previewCard } from "./preview.js";
import { receiveCard } from "./receive-card.js";
import { ticketForm } from "./ticket-form.js";

const WAIT_DAYS = 7;

export function receivePage(desk, wanted) {
  const form = ticketForm(look);
  const stage = h("div", {}, form.element);
  const list = cardList(t("receive.list"), receiveCard, emptyNote(t("receive.none")));
  // A ticket that a link brought is shown, not followed: to look into it is to tell the sender that one is there.
  form.ticket = wanted.ticket ?? "";
  let isFirst = true;

  return {
    element: h("div", {}, stage, h("h2", { class: "list-title" }, t("receive.list")), list.element),
    start: () => form.focus(),
    on: {
      async reset() {
        list.reset(await read("/v1/receives"));
        if (isFirst && wanted.receive) list.card(wanted.receive)?.focus();
        isFirst = false;
      },
      receive: list.show,
      "receive-removed": list.drop,
    },
  };

  async function look(tickets, destination) {
    const stop = new AbortController();
    const waiting = card({ class: "looking", "aria-busy": true }, h("p", { role: "status" }, t("receive.looking")), h("progress", { "aria-label": t("receive.looking") }), h("div", { class: "actions" }, button(t("common.cancel"), () => stop.abort())));
    stage.replaceChildren(waiting);
    waiting.querySelector("button").focus();
    try {
      const view = await post("/v1/previews", { tickets, destination }, stop.signal);
      const preview = previewCard(view, desk, { receive: (choice) => order({ tickets, ...choice }), back, look: (folder) => look(tickets, folder) });
      stage.replaceChildren(preview);
      preview.querySelector("h2").focus();
      announce(t("receive.looked"));
    } catch (error) {
      back();
      if (error.name === "AbortError") return;
      const wait = error.kind === "peer" && button(t("receive.waitForSender"), () => order({ tickets, destination, waitUntil: inDays(WAIT_DAYS) }), { problem: form.problem });
      showError(form.problem, error, wait || []);
    }
  }

  async function order(request) {
    const view = await post("/v1/receives", request);
    if (request.destination && request.destination !== desk.destination) await remember(request.destination);
    form.ticket = "";
    showError(form.problem);
    stage.replaceChildren(form.element);
    list.add(view).focus();
  }

  // The next window begins with the folder that was chosen in this one, unless that is fixed.
  async function remember(folder) {
    await put("/web/settings", { changes: [{ key: "Receive:Folder", values: [folder] }] }).then(() => { desk.destination = folder; }, () => {});
  }

  function back() {
    stage.replaceChildren(form.element);
    form.focus();
  }
}
