// Questions before what can't be undone. The browser's own are silent inside Telegram's frame.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Resolves to whether they are sure. label: of the button that does it. */
export function sure(question, label) {
  return new Promise((resolve) => {
    const yes = el("button.primary.bad", { type: "submit", value: "yes", textContent: label });
    const no = el("button.quiet", { type: "submit", value: "", textContent: t("app.cancel") });
    const text = el("p", { id: "question", textContent: question });
    const dialog = el("dialog.question", { "aria-labelledby": "question" }, el("form", { method: "dialog" }, text, el("div.choices", {}, no, yes)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
