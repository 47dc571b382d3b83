// Dates as a messenger shows them; every argument is Unix seconds.

const CLOCK = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const WEEKDAY = new Intl.DateTimeFormat("en", { weekday: "short" });
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "medium" });

const at = (seconds) => new Date(seconds * 1000);

export const clock = (seconds) => CLOCK.format(at(seconds));
export const full = (seconds) => FULL.format(at(seconds));
export const dayKey = (seconds) => at(seconds).toDateString();

function daysAgo(seconds) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(at(seconds))) / 86_400_000);
}

export function day(seconds) {
  const ago = daysAgo(seconds);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const sameYear = at(seconds).getFullYear() === new Date().getFullYear();
  return (sameYear ? DAY : DAY_AND_YEAR).format(at(seconds));
}

/** For the chat list: a time today, a weekday this week, else a date. */
export function brief(seconds) {
  const ago = daysAgo(seconds);
  if (ago === 0) return clock(seconds);
  if (ago < 7) return WEEKDAY.format(at(seconds));
  return SHORT.format(at(seconds));
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
