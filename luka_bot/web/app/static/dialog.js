// Questions that stand over the page. The browser's own are silent inside Telegram's frame.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Before what can't be undone: resolves to whether they are sure. label: of the button that does it. */
export function sure(question, label) {
  const no = cancel();
  return answered(question, [], [no, yes("button.primary.bad", label)], no);
}

/** Resolves to what they write, or null if they would rather leave it as it is. */
export async function written(question, value, label, longest) {
  const box = el("input", { value, required: true, maxlength: longest, "aria-labelledby": "question", dir: "auto" });
  const isGiven = await answered(question, [box], [cancel(), yes("button.primary", label)], box, () => box.select());
  return isGiven && box.value.trim() ? box.value.trim() : null;
}

const cancel = () => el("button.quiet", { type: "button", textContent: t("app.cancel"), onclick: (event) => event.target.closest("dialog").close() });
const yes = (selector, label) => el(selector, { type: "submit", value: "yes", textContent: label });

function answered(question, fields, buttons, first, shown = () => {}) {
  return new Promise((resolve) => {
    const text = el("p", { id: "question", textContent: question });
    const dialog = el("dialog.question", { "aria-labelledby": "question" }, el("form", { method: "dialog" }, text, fields, el("div.choices", {}, buttons)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
    first.focus();
    shown();
  });
}
