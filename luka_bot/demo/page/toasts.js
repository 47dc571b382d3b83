// Short words over the page: answers to taps, and what went wrong.

import { byId, el } from "./dom.js";

const STAYS = 3500; // ms
const MOST = 3;

export function toast(text, { isError = false } = {}) {
  const box = byId("toasts");
  const node = el(`p.toast${isError ? ".error" : ""}`, { dir: "auto" }, text);
  box.append(node);
  while (box.children.length > MOST) box.firstElementChild.remove();
  setTimeout(() => node.remove(), STAYS);
}

export function alertBox(text) {
  byId("alert-text").textContent = text;
  if (!byId("alert").open) byId("alert").showModal();
}
