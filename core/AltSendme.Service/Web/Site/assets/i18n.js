// The language of the window: the first of the user's that there is a file for. Messages have {placeholders}; those with a count are chosen by the plural rules of the language.

const LANGUAGES = ["en", "fr", "de", "es", "zh-CN", "ja", "ar"];
const RIGHT_TO_LEFT = ["ar"];
const PLACEHOLDER = /\{(\w+)\}/;

let messages = {};
let plurals = new Intl.PluralRules("en");

/** Tag of the language in use; for Intl with the region that the user's browser names. */
export let locale = "en";

/** Reads the messages in the first of some languages that there are messages in. */
export async function loadLanguage(wanted) {
  const [language, tag] = choose(wanted);
  const answer = await fetch(`/assets/locales/${language}.json`);
  messages = await answer.json();
  locale = tag;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
}

/** The message of a key such as `receive.title`. `count` chooses the plural form and is written as the language does. */
export function t(key, values = {}) {
  return parts(key, values).map((part) => (typeof part === "string" ? part : part.textContent)).join("");
}

/** The same where values may be elements: an array of texts and elements. */
export function rich(key, values) {
  return parts(key, values);
}

/** Whether there is such a message. */
export const has = (key) => find(key) !== undefined;

function parts(key, values) {
  let message = find(key) ?? key;
  if (typeof message === "object") message = message[plurals.select(values.count)] ?? message.other;
  return message.split(PLACEHOLDER).map((part, index) => (index % 2 === 0 ? part : value(part, values))).filter((part) => part !== "");
}

function value(name, values) {
  const given = values[name];
  if (typeof given === "number") return new Intl.NumberFormat(locale).format(given);
  return given instanceof Node ? given : String(given ?? "");
}

function find(key) {
  return key.split(".").reduce((node, name) => node?.[name], messages);
}

function choose(wanted) {
  for (const tag of wanted) {
    const first = tag.split("-")[0].toLowerCase();
    const language = LANGUAGES.find((known) => known.split("-")[0] === first);
    if (language) return [language, language === "zh-CN" ? language : tag];
  }
  return ["en", "en"];
}
