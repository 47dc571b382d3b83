// Light or dark: the system's choice until the reader makes their own.

import { byId, icon } from "./dom.js";

const KEY = "luka-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be forbidden; the system's choice still works
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Only the memory is lost, not the theme.
  }
}

const system = () => (dark.matches ? "dark" : "light");

function show(theme) {
  document.documentElement.dataset.theme = theme;
  const other = theme === "dark" ? "light" : "dark";
  const button = byId("theme");
  button.replaceChildren(icon(other === "dark" ? "moon" : "sun"));
  button.setAttribute("aria-label", `Switch to the ${other} theme`);
  button.title = `Switch to the ${other} theme`;
}

show(remembered() ?? system());
dark.addEventListener("change", () => show(remembered() ?? system()));
byId("theme").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  remember(next);
  show(next);
});
