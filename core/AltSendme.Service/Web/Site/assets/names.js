// Names that strangers chose. They are shown as text, apart from what stands around them, and what the eye would not see in them is written out.
import { h } from "./dom.js";

// Controls, line separators, lone surrogates and invisible or direction-changing characters; not the joiners that scripts and emoji need, nor the signs of Arabic and Syriac that are merely classed so.
const HIDDEN = /(?![\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0\u2800]/gu;

/** The name as plain text, for attributes and titles. */
export const plainName = (name) => name.replace(HIDDEN, written);

/** The name as an element of its own direction. */
export function nameOf(name) {
  const element = h("bdi", { class: "name" });
  let end = 0;
  for (const match of name.matchAll(HIDDEN)) {
    element.append(name.slice(end, match.index), h("span", { class: "escape" }, written(match[0])));
    end = match.index + match[0].length;
  }

  element.append(name.slice(end));
  return element;
}

/** A path or an id: always from left to right. */
export function pathOf(path) {
  const element = nameOf(path);
  element.dir = "ltr";
  element.classList.add("path");
  return element;
}

function written(character) {
  return `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
