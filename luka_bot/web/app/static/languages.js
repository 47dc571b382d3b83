// The reader's own choice of a language, in this browser.

import { el } from "./dom.js";
import { choose, language, languages, t } from "./words.js";

export function languageChoice() {
  const options = Object.entries(languages).map(([code, name]) =>
    el("option", { value: code, lang: code, selected: code === language, textContent: name }));
  const select = el("select.language", { "aria-label": t("app.language") }, options);
  select.addEventListener("change", () => {
    choose(select.value);
    location.reload();
  });
  return select;
}
