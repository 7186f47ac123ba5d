/** Dates and times in a phone's own zone and language. */

const DAY = { weekday: "long", day: "numeric", month: "long" };
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

const formatters = new Map();

function format(unix, language, zone, options) {
  const key = JSON.stringify([language, zone, options]);
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat(language, { ...options, timeZone: zone || undefined }));
  }
  return formatters.get(key).format(new Date(unix * 1000));
}

export function clockTime(unix, language, zone) {
  return format(unix, language, zone, { timeStyle: "short" });
}

export function dayName(unix, language, zone) {
  return format(unix, language, zone, DAY);
}

export function barTime(unix) {
  const day = format(unix, undefined, "", { weekday: "short", day: "numeric", month: "short" });
  const time = format(unix, undefined, "", { timeStyle: "medium" });
  return { day, time };
}

/** A date_time entity as Telegram's apps show it: `r`, or `w`, `d`/`D` and `t`/`T` together. */
export function momentText(unix, form, now, language, zone) {
  if (form === "r") return relative(unix - now, language);
  const options = {};
  if (form.includes("w")) options.weekday = form.includes("D") ? "long" : "short";
  if (form.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (form.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(form)) Object.assign(options, { hour: "numeric", minute: "2-digit" });
  if (form.includes("T")) options.second = "2-digit";
  return Object.keys(options).length ? format(unix, language, zone, options) : null;
}

function relative(seconds, language) {
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

export function zones() {
  return Intl.supportedValuesOf("timeZone");
}
