// Elements and text. Nothing here takes markup, so that nothing a stranger named can become any.

const SVG = "http://www.w3.org/2000/svg";

// Outlines on a grid of 24, drawn for this program.
const ICONS = {
  receive: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14",
  share: "M12 15.5V4.5M7.5 9 12 4.5 16.5 9M5 19.5h14",
  settings: "M4 8h9m5 0h2M4 16h2m5 0h9M15.5 5.5v5M8.5 13.5v5",
  folder: "M3.5 18.5v-13h6l2 2.5h9v10.5z",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
  text: "M5 6.5h14M5 11h14M5 15.5h9",
  copy: "M9 9h10.5v11H9zM15 5.5V4H4.5v11H6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "m6.5 6.5 11 11m0-11-11 11",
  resume: "M8 5.5v13l10.5-6.5z",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7",
  warning: "M12 4 3 19.5h18zM12 10v4.5m0 2.5v.1",
  lock: "M6.5 11h11v9h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  direct: "M4 12h16M4 9.5v5M20 9.5v5",
  relayed: "M3.5 17.5 12 7l8.5 10.5M12 4.5v5M9.5 7h5",
  clock: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2.5",
  up: "M12 19V6m-5.5 5.5L12 6l5.5 5.5",
  plus: "M12 5v14M5 12h14",
};

/** An element with properties, listeners (`onclick`) and children; what is null, undefined or false is left out. */
export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(isThere));
  return element;
}

/** A drawing that screen readers pass over: words stand beside it. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/** Puts other children into an element, and hides it when there are none. */
export function fill(element, ...children) {
  const rest = children.flat(Infinity).filter(isThere);
  element.replaceChildren(...rest);
  element.hidden = rest.length === 0;
  return element;
}

/** Writes text only where it is another one, so that selections and screen readers are left in peace. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

let last = 0;

/** An id that no other element has, for labels and descriptions. */
export const uniqueId = (word) => `${word}-${++last}`;

function isThere(child) {
  return child !== null && child !== undefined && child !== false;
}
