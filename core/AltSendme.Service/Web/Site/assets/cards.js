// A list of cards, the newest first, that follows the service: each card stays where it is while what it shows changes.
import { h } from "./dom.js";

/** `makeCard(view)` gives `{ element, update, focus }`; `empty` is shown while there is none. */
export function cardList(label, makeCard, empty) {
  const cards = new Map();
  const list = h("ul", { class: "cards", "aria-label": label });
  const element = h("div", {}, empty, list);
  refresh();
  return { element, show, add, drop, reset, card: (id) => cards.get(id) };

  function show(view) {
    const known = cards.get(view.id);
    if (known) return known.update(view);
    const made = makeCard(view);
    cards.set(view.id, made);
    list.prepend(made.element);
    return refresh();
  }

  // An answer may come later than the events that followed it: what is shown already is newer.
  function add(view) {
    if (!cards.has(view.id)) show(view);
    return cards.get(view.id);
  }

  function drop(id) {
    const gone = cards.get(id);
    if (!gone) return;
    const next = gone.element.nextElementSibling ?? gone.element.previousElementSibling;
    const hadFocus = gone.element.contains(document.activeElement);
    gone.element.remove();
    cards.delete(id);
    refresh();
    if (hadFocus) (next?.querySelector("h3") ?? document.querySelector("h1")).focus();
  }

  function reset(views) {
    const there = new Set(views.map((view) => view.id));
    for (const id of [...cards.keys()]) if (!there.has(id)) drop(id);
    views.forEach(show);
  }

  function refresh() {
    empty.hidden = cards.size > 0;
    list.hidden = cards.size === 0;
  }
}
