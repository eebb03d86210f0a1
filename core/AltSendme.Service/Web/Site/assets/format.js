// Numbers, sizes and times as the user's language writes them.
import { locale, t } from "./i18n.js";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"];
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A size: `1.4 MB`. */
export const bytes = (count) => scaled(count, "");

/** A rate: `1.4 MB/s`. */
export const rate = (perSecond) => scaled(perSecond, "-per-second");

/** A share of one: `42%`. */
export const percent = (share) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);

export const number = (value) => new Intl.NumberFormat(locale).format(value);

/** How long in one unit, as people say it: `about 3 minutes`. */
export function duration(seconds) {
  if (seconds < 1.5 * MINUTE) return unit(Math.max(1, Math.round(seconds)), "second");
  if (seconds < 1.5 * HOUR) return unit(Math.round(seconds / MINUTE), "minute");
  return seconds < 48 * HOUR ? unit(Math.round(seconds / HOUR), "hour") : unit(Math.round(seconds / (24 * HOUR)), "day");
}

export const milliseconds = (value) => unit(Math.round(value), "millisecond", "short");

/** When, with the date where it is not today. */
export function moment(text) {
  const time = new Date(text);
  const today = time.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(time);
}

/** Number of files and their size, in one line. */
export const amount = (files, size) => [isKnown(files) && t("common.files", { count: files }), isKnown(size) && bytes(size)].filter(Boolean).join(" · ");

const isKnown = (value) => value !== undefined && value !== null;

function scaled(count, suffix) {
  let value = count;
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step++;
  }

  const digits = step > 0 && value < 99.95 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[step] + suffix, unitDisplay: step === 0 && suffix === "" ? "long" : "short", maximumFractionDigits: digits }).format(value);
}

function unit(value, name, display = "long") {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: display, maximumFractionDigits: 0 }).format(value);
}
