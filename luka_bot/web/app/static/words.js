// What the page says, in the reader's language.

let table = {};
export let language = "en";

export async function loadWords() {
  const response = await fetch("/app/words.json", { headers: { Accept: "application/json" } });
  const answer = await response.json();
  table = answer.words;
  language = answer.language;
  document.documentElement.lang = language;
}

/** t("app.joined", {name: "Anna"}) */
export function t(key, values = {}) {
  const text = table[key] ?? key;
  return text.replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
}
