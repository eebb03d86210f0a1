// Where a ticket goes in: pasted, dropped, or taken from the clipboard when the user says so.
import { button, card, field } from "../controls.js";
import { h } from "../dom.js";
import { ServiceError } from "../errors.js";
import { t } from "../i18n.js";
import { ticketsIn } from "../tickets.js";

const MAX_FILE = 128 * 1024;

/** The form; calls `look(tickets)` with what the user wants to see. */
export function ticketForm(look) {
  const box = h("textarea", { rows: 3, class: "ticket", dir: "ltr", spellcheck: false, autocomplete: "off", autocapitalize: "off", placeholder: "blob…" });
  const problem = h("div", { role: "alert", hidden: true });
  const show = button(t("receive.look"), () => {
    const tickets = ticketsIn(box.value);
    if (tickets.length === 0) throw new ServiceError({ code: "ticket.empty", message: "" });
    return look(tickets);
  }, { kind: "primary", problem });

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    show.click();
  });

  const clipboard = button(t("receive.fromClipboard"), async () => {
    try {
      box.value = (await navigator.clipboard.readText()).trim();
    } catch {
      box.placeholder = t("receive.clipboardDenied");
    }

    box.focus();
  }, { picture: "copy", problem });

  const element = card({ class: "ticket-form" },
    h("h2", {}, t("receive.heading")),
    field(t("receive.ticket"), box, t("receive.ticketHelp")),
    problem,
    h("div", { class: "actions" }, show, clipboard));

  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", async (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    box.value = (file && file.size <= MAX_FILE ? await file.text() : event.dataTransfer.getData("text")).trim();
    box.focus();
  });

  return {
    element,
    problem,
    focus: () => box.focus(),
    get ticket() { return box.value; },
    set ticket(text) { box.value = text; },
  };
}
