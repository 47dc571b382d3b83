// What the page says, in the reader's language.

const KEY = "luka-chat-language";

let table = {};
export let language = "en";
export let languages = {};

/** What they have chosen here; "" for what their browser asks for. */
export function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function choose(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // Then it is the browser's.
  }
}

export async function loadWords() {
  const response = await fetch(`/app/words.json?lang=${encodeURIComponent(chosen())}`);
  const answer = await response.json();
  table = answer.words;
  language = answer.language;
  languages = answer.languages;
  document.documentElement.lang = language;
}

/** t("app.joined", {name: "Anna"}) */
export function t(key, values = {}) {
  const text = table[key] ?? key;
  return text.replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
}
