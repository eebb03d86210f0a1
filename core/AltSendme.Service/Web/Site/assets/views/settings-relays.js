// Which relays are used: the public ones, one's own, or none. Own relays can be tried before anything depends on them, and none is ever replaced in silence.
import { post } from "../api.js";
import { announce, button, card, field, radios } from "../controls.js";
import { fill, h, icon } from "../dom.js";
import { sentenceOf } from "../errors.js";
import { milliseconds } from "../format.js";
import { t } from "../i18n.js";
import { plainName } from "../names.js";

const MODES = ["default", "custom", "disabled"];

/** The section; `fallback` is the choice of what happens when none answers, `save(order)` writes what was chosen. */
export function relaySection(view, fallback, save) {
  let mode = view.mode;
  const problem = h("div", { role: "alert", hidden: true });
  const rows = h("div", { class: "settings" });
  const isFixed = view.rules.some(({ key, value }) => key === "Relays:Mode" && ["forced", "disabled"].includes(value));
  const own = h("div", { class: "settings" }, rows,
    h("div", { class: "actions" }, button(t("settings.relays.add"), () => {
      rows.append(relayRow({ url: "", hasToken: false }));
      rows.lastElementChild.querySelector("input").focus();
    }, { picture: "plus" })), h("div", {}, fallback.content));
  rows.append(...view.custom.map(relayRow));
  const saveButton = button(t("settings.relays.save"), () => save(order(mode)), { kind: "primary", problem, id: "relays-save" });
  const choice = radios(t("settings.relays.use"), "relays", MODES.map((value) => [value, t(`settings.relays.mode.${value}`), t(`settings.relays.help.${value}`)]), mode, choose, { locked: isFixed });
  showOwn();
  return card({ "aria-labelledby": "settings-relays" },
    h("h2", { id: "settings-relays" }, t("settings.relays.title")),
    h("p", { class: "help" }, t("settings.relays.what")),
    view.rules.length > 0 && h("p", { class: "lock" }, icon("lock"), h("span", {}, t(isFixed ? "settings.locked" : "settings.relays.limited"), h("small", { lang: "en", dir: "ltr" }, view.rules.map(({ key, value, source }) => plainName(`${key} = ${value} (${source})`)).join("; ")))),
    choice, own, problem,
    h("div", { class: "actions" }, !isFixed && saveButton));

  function choose(value) {
    mode = value;
    if (mode === "custom" && rows.children.length === 0) rows.append(relayRow({ url: "", hasToken: false }));
    showOwn();
  }

  function showOwn() {
    own.hidden = mode !== "custom";
  }

  function order(wanted) {
    return { relays: { mode: wanted, custom: entries() }, changes: fallback.changes() };
  }

  function entries() {
    return [...rows.children].map((row) => row.entry()).filter(({ url }) => url !== "");
  }

  function relayRow({ url, hasToken }) {
    const address = h("input", { type: "url", dir: "ltr", value: url, placeholder: "https://relay.example.org/", autocomplete: "off", spellcheck: false });
    const token = h("input", { type: "password", dir: "ltr", autocomplete: "off", placeholder: hasToken ? "••••••••" : null });
    const outcome = h("div", { class: "outcome", role: "status" });
    const entry = () => ({ url: address.value.trim(), token: token.value || undefined });
    const test = button(t("settings.relays.test"), async () => {
      fill(outcome, t("settings.relays.testing"));
      outcome.className = "outcome";
      try {
        showOutcome(await post("/web/relays/test", entry()));
      } catch (error) {
        showOutcome({ works: false, steps: [{ text: error.message }], sentence: sentenceOf(error) });
      }
    });
    const row = h("div", { class: "relay" },
      field(t("settings.relays.address"), address),
      field(t("settings.relays.token"), token, t(hasToken ? "settings.relays.tokenKept" : "settings.relays.tokenHelp")),
      h("div", { class: "actions" }, test, button(t("settings.relays.remove"), () => {
        row.remove();
        saveButton.focus();
      }, { kind: "quiet", picture: "trash" })),
      outcome);
    row.entry = entry;
    return row;

    function showOutcome({ works, latencyMilliseconds, steps, sentence }) {
      const text = works ? t("settings.relays.works", { time: milliseconds(latencyMilliseconds ?? 0) }) : (sentence ?? t("settings.relays.fails"));
      outcome.className = `outcome ${works ? "good" : "bad"}`;
      fill(outcome, h("p", {}, icon(works ? "check" : "warning"), " ", text),
        h("details", {}, h("summary", {}, t("common.details")), h("ul", { lang: "en", dir: "ltr" }, steps.map((step) => h("li", {}, plainName(step.text))))),
        !works && h("div", { class: "actions" }, button(t("settings.relays.useDefault"), () => save(order("default"))), button(t("settings.relays.useNone"), () => save(order("disabled")))));
      announce(text);
    }
  }
}
