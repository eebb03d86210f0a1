// The settings that a person wants in a window, who set each, and what the administrator has fixed and why. A change is in force at once.
import { put, read } from "../api.js";
import { announce, button, card, checkbox, emptyNote, field, select } from "../controls.js";
import { h, icon } from "../dom.js";
import { ServiceError, showError } from "../errors.js";
import { t } from "../i18n.js";
import { pathOf, plainName } from "../names.js";
import { chooseFolder } from "./folder.js";
import { relaySection } from "./settings-relays.js";

export function settingsPage(desk) {
  const problem = h("div", { role: "alert", hidden: true });
  const place = h("div", { class: "settings", "aria-busy": true });
  let shown = "";
  let settings = new Map();

  return { element: h("div", {}, problem, place), on: { reset: load, settings: load } };

  async function load() {
    show(await read("/web/settings"));
  }

  async function change(key, value) {
    await save({ changes: [{ key, values: [value] }] });
  }

  async function save(order) {
    try {
      show(await put("/web/settings", order));
      showError(problem);
      announce(t("settings.saved"));
    } catch (error) {
      shown = "";
      await load();
      showError(problem, error);
    }
  }

  // Built anew only when something is another, and with the focus where it was.
  function show(view) {
    const text = JSON.stringify(view);
    if (text === shown) return;
    shown = text;
    settings = new Map(view.settings.map((setting) => [setting.key, setting]));
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.ariaBusy = null;
    place.replaceChildren(...[
      view.fault && faultOf(view.fault),
      relaySection(view.relays, fallback(), save),
      discoverySection(), receiveSection(), shareSection(), noticeSection(), analyticsSection(), ruleSection(view),
    ].filter(Boolean));
    if (focused) document.getElementById(focused)?.focus();
  }

  // What happens when no relay answers is written with the relays that it is about.
  function fallback() {
    const setting = settings.get("Relays:WhenUnreachable");
    return {
      content: choice(setting.key, "settings.relays.whenUnreachable", () => {}),
      changes: () => setting.isLocked ? [] : [{ key: setting.key, values: [document.getElementById(idOf(setting)).value] }],
    };
  }

  function discoverySection() {
    const setting = settings.get("Discovery:Mode");
    return section("discovery",
      checkbox(t("settings.discovery.use"), setting.value === "on", (isOn) => change(setting.key, isOn ? "on" : "off"), { help: t("settings.discovery.help"), locked: setting.isLocked, id: idOf(setting) }),
      lockOf(setting),
      choice("Discovery:Publish", "settings.discovery.publish"));
  }

  function receiveSection() {
    const setting = settings.get("Receive:Folder");
    const folder = setting.value || desk.destination;
    return section("receive",
      h("div", { class: "field" }, h("span", { class: "label" }, t("settings.receive.folder")), h("span", { class: "with-button" }, pathOf(folder), !setting.isLocked && button(t("receive.changeFolder"), async () => {
        const chosen = await chooseFolder(folder, desk);
        if (chosen) await change(setting.key, chosen);
      }, { problem, id: idOf(setting), "aria-label": t("settings.receive.changeFolder") }))),
      lockOf(setting),
      choice("Receive:Conflict", "receive.conflict"));
  }

  function shareSection() {
    return section("share", choice("Send:TicketType", "settings.ticketType"));
  }

  function noticeSection() {
    return section("notices", choice("Service:Notifications", "settings.notices"));
  }

  function analyticsSection() {
    const setting = settings.get("Analytics:Enabled");
    const site = settings.get("Analytics:Site");
    const address = h("input", { type: "url", dir: "ltr", id: idOf(site), value: site.value ?? "", disabled: site.isLocked, placeholder: "https://example.goatcounter.com/", autocomplete: "off", spellcheck: false, onchange: store });
    const box = checkbox(t("settings.analytics.use"), setting.value === "true", store, { help: t("settings.analytics.help"), locked: setting.isLocked, id: idOf(setting) });
    return section("analytics", box, lockOf(setting), field(t("settings.analytics.site"), address, t("settings.analytics.siteHelp")), lockOf(site));

    // Neither is of use without the other.
    function store() {
      const isOn = box.querySelector("input").checked;
      if (isOn && address.value === "") return address.focus();
      return save({ changes: [...(setting.isLocked ? [] : [{ key: setting.key, values: [String(isOn)] }]), ...(site.isLocked ? [] : [{ key: site.key, values: [address.value.trim()] }])] });
    }
  }

  // Everything that the administrator set, also what has no place above.
  function ruleSection(view) {
    const rules = [...view.relays.rules.map(({ key, value, source }) => [key, value, source]), ...view.settings.filter(({ isLocked }) => isLocked).map(({ key, value, reason }) => [key, value, reason])];
    return section("rules", rules.length === 0 ? emptyNote(t("settings.rules.none")) : h("ul", { class: "rules" }, rules.map(([key, value, why]) =>
      h("li", {}, icon("lock"), h("div", {}, h("code", { dir: "ltr" }, `${key} = ${plainName(value ?? "")}`), h("p", { class: "help", lang: "en", dir: "ltr" }, plainName(why ?? "")))))));
  }

  function choice(key, words, onchange = (value) => change(key, value)) {
    const setting = settings.get(key);
    if (!setting) return null;
    const control = select(setting.choices.map((value) => [value, t(`${words}.${value}`)]), setting.value, onchange);
    control.disabled = setting.isLocked;
    control.id = idOf(setting);
    return [field(t(`${words}.label`), control), lockOf(setting)];
  }
}

/** Says that something is fixed, by whom and why. */
export function lockOf(setting) {
  return setting?.isLocked && h("p", { class: "lock" }, icon("lock"), h("span", {}, t("settings.locked"), setting.reason && h("small", { lang: "en", dir: "ltr" }, setting.reason)));
}

function faultOf(fault) {
  return showError(h("div", {}), new ServiceError({ code: "settings.invalid", message: fault }));
}

function section(name, ...content) {
  const id = `settings-${name}`;
  return card({ "aria-labelledby": id }, h("h2", { id }, t(`settings.${name}.title`)), ...content.flat());
}

const idOf = (setting) => `setting-${setting.key}`;
