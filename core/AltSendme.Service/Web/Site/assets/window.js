// One window: what it was opened for, the frame around its page, and the service's events for it.
import { read } from "./api.js";
import { button } from "./controls.js";
import { h, icon } from "./dom.js";
import { showError } from "./errors.js";
import { watch } from "./events.js";
import { loadLanguage, t } from "./i18n.js";

const PAGES = ["receive", "share", "settings"];

/** Shows a page. `makePage(desk, order)` gives `{ element, start, on }`: what stands there, what is done once it does, and what to do when something changes. */
export async function openWindow(name, makePage) {
  let fault = null;
  const desk = await read("/web/me").catch((error) => { fault = error; });
  await loadLanguage(desk?.languages ?? navigator.languages);
  const problem = h("div", { id: "problem", role: "alert", hidden: true });
  const lost = h("div", { role: "alert", class: "banner", hidden: true });
  const main = h("main", { id: "main", tabIndex: -1 }, h("h1", { tabIndex: -1 }, t(`${name}.title`)), problem);
  document.title = `${t(`${name}.title`)} – AltSendme`;
  document.body.replaceChildren(h("a", { class: "skip", href: "#main" }, t("common.skip")), frame(name), lost, main, h("div", { id: "announcer", class: "unseen", "aria-live": "polite" }));
  const gone = (error) => showError(lost, error, button(t("common.reload"), () => location.reload()));
  if (!desk) return gone(fault);

  const page = makePage(desk, await orderOf());
  main.append(page.element);
  page.start?.();
  return watch({ ...guarded(page.on, problem), lost: gone, found: () => showError(lost, null) });
}

/** The top of every window. */
export function frame(name) {
  return h("header", {},
    h("img", { src: "/assets/icon.svg", alt: "", width: 32, height: 32 }),
    h("span", { class: "brand" }, "AltSendme"),
    name && h("nav", { "aria-label": t("common.pages") }, PAGES.map((page) =>
      h("a", { href: `/${page}`, "aria-current": page === name ? "page" : null }, icon(page), h("span", {}, t(`${page}.title`))))));
}

// What the window was opened for; a ticket is never part of an address.
async function orderOf() {
  const id = new URLSearchParams(location.search).get("w");
  return id ? read(`/web/windows/${encodeURIComponent(id)}`).catch(() => ({})) : {};
}

// One after the other: what comes while a list is read is newer than the list.
function guarded(on, problem) {
  let before = Promise.resolve();
  return Object.fromEntries(Object.entries(on).map(([event, act]) => [event, (view) => {
    before = before.then(() => act(view)).catch((error) => showError(problem, error));
  }]));
}
