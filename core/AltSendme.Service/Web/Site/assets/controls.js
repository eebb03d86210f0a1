// Buttons, fields and dialogs as all pages have them.
import { fill, h, icon, uniqueId, write } from "./dom.js";
import { showError } from "./errors.js";
import { t } from "./i18n.js";

const QUIET_FOR = 1200;

/** A button. While what it does lasts it can't be pressed again, but keeps the focus; what fails is shown in `problem`, or else below the page's heading. */
export function button(label, action, { kind = "plain", picture, problem, ...properties } = {}) {
  const element = h("button", { type: "button", class: `button ${kind}`, ...properties }, picture && icon(picture), h("span", {}, label));
  element.addEventListener("click", async () => {
    if (element.ariaBusy === "true") return;
    element.ariaBusy = "true";
    try {
      if (problem) showError(problem);
      await action();
    } catch (error) {
      if (error.name !== "AbortError") showError(problem ?? pageProblem(), error);
    } finally {
      element.ariaBusy = null;
    }
  });
  return element;
}

/** Where a page says what failed and has no better place. */
export const pageProblem = () => document.getElementById("problem");

/** A label above a control, with a sentence of help. */
export function field(label, control, help) {
  control.id ||= uniqueId("field");
  const helpId = uniqueId("help");
  if (help) control.setAttribute("aria-describedby", helpId);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, help && h("p", { id: helpId, class: "help" }, help));
}

/** A choice among a few, as radio buttons in a frame. `choices` are `[value, label, help]`. */
export function radios(legend, name, choices, chosen, onchange, { locked } = {}) {
  return h("fieldset", { class: "choices", disabled: locked },
    h("legend", {}, legend),
    choices.map(([value, label, help]) => {
      const input = h("input", { type: "radio", id: `${name}-${value}`, name, value, checked: value === chosen, onchange: () => onchange?.(value) });
      return labelled(input, label, help);
    }));
}

/** A choice among a few in a closed list. `choices` are `[value, label]`. */
export function select(choices, chosen, onchange) {
  return h("select", { onchange: (event) => onchange?.(event.target.value) }, choices.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
}

/** A box to tick. */
export function checkbox(label, isChecked, onchange, { help, locked, id } = {}) {
  return labelled(h("input", { type: "checkbox", id, checked: isChecked, disabled: locked, onchange: (event) => onchange?.(event.target.checked) }), label, help);
}

// The sentence of help can be pressed as the label can, but is no part of the name.
function labelled(input, label, help) {
  const labelId = uniqueId("label");
  const helpId = uniqueId("help");
  input.setAttribute("aria-labelledby", labelId);
  if (help) input.setAttribute("aria-describedby", helpId);
  return h("label", { class: "choice" }, input, h("span", {}, h("span", { id: labelId }, label), help && h("small", { id: helpId }, help)));
}

/** A button that copies a text, and says whether it did. */
export function copyButton(label, textOf, { kind = "plain", select: selectInstead } = {}) {
  const copy = button(label, async () => {
    try {
      await navigator.clipboard.writeText(await textOf());
      write(copy.lastChild, t("common.copied"));
      announce(t("common.copied"));
    } catch (fault) {
      if (fault.code && typeof fault.code === "string") throw fault;
      selectInstead?.();
      write(copy.lastChild, t("common.copyByHand"));
    }

    setTimeout(() => write(copy.lastChild, label), 2500);
  }, { kind, picture: "copy" });
  return copy;
}

/** Asks before something that can't be undone. True when the user agrees. */
export function confirm(title, text, action) {
  return new Promise((resolve) => {
    const box = dialog(title, h("p", {}, text), [
      button(t("common.keep"), () => box.close(), { autofocus: true }),
      button(action, () => box.close("yes"), { kind: "danger" }),
    ]);
    box.addEventListener("close", () => resolve(box.returnValue === "yes"));
  });
}

/** A dialog over the page. The browser keeps the focus inside and gives it back; Escape closes it. */
export function dialog(title, content, actions, { wide } = {}) {
  const titleId = uniqueId("title");
  const box = h("dialog", { class: wide ? "wide" : null, "aria-labelledby": titleId }, h("h2", { id: titleId }, title), content, h("div", { class: "actions" }, actions));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

let said = "";
let timer = 0;

/** Lets a screen reader say something when there is a pause; of several in a row the last. */
export function announce(text) {
  if (text === said) return;
  said = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    write(document.getElementById("announcer"), text);
    said = "";
  }, QUIET_FOR);
}

/** A picture beside a word: how something stands. */
export function badge() {
  const element = h("span", { class: "badge" });
  return { element, show: (kind, text) => { element.className = `badge ${kind}`; write(element, text); } };
}

/** A heading with an amount of room for what belongs to it. */
export function card(properties, ...children) {
  return h("section", { ...properties, class: `card ${properties.class ?? ""}` }, children);
}

/** What is said where a list is empty. */
export const emptyNote = (text) => fill(h("p", { class: "empty" }), text);
