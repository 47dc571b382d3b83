// Copying, also where a frame around us doesn't let the page use the clipboard's own door.

import { el } from "./dom.js";

/** True if it is in the clipboard now. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

function copyByHand(text) {
  const before = document.activeElement;
  const box = el("textarea.unseen", { value: text, readonly: true, "aria-hidden": "true" });
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  return done;
}
