// Times and days as the reader's language has them.

import { language, t } from "./words.js";

const formats = new Map();

function format(name, options) {
  const known = `${language} ${name}`;
  if (!formats.has(known)) formats.set(known, new Intl.DateTimeFormat(language, options));
  return formats.get(known);
}

export const clock = (when) => format("clock", { hour: "2-digit", minute: "2-digit" }).format(when);
export const whole = (when) => format("whole", { dateStyle: "full", timeStyle: "medium" }).format(when);
export const dayKey = (when) => when.toDateString();

function daysAgo(when) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(when)) / 86_400_000);
}

export function day(when) {
  const ago = daysAgo(when);
  if (ago === 0) return t("app.today");
  if (ago === 1) return t("app.yesterday");
  return format("day", { day: "numeric", month: "long", year: "numeric" }).format(when);
}

/** For the list: a time today, a weekday this week, else a date. */
export function brief(when) {
  const ago = daysAgo(when);
  if (ago === 0) return clock(when);
  if (ago < 7) return format("weekday", { weekday: "short" }).format(when);
  return format("short", { day: "numeric", month: "short" }).format(when);
}
