// The page for a window that is not let in: it was bookmarked, or the service has ended since.
import { h } from "./dom.js";
import { sentenceOf } from "./errors.js";
import { loadLanguage } from "./i18n.js";
import { frame } from "./window.js";

await loadLanguage(navigator.languages);
document.body.replaceChildren(frame(null), h("main", {}, h("h1", {}, "AltSendme"), h("p", {}, sentenceOf({ code: "service.no-session" }))));
