// The head of the conversation that is open: its name, who is there, and what opens from here.

import { el, iconButton } from "./dom.js";
import { presence } from "./summary.js";
import { t } from "./words.js";

export class Head {
  /** on: {back(), rename(), people()} */
  constructor(name, on) {
    this.title = el("h1", { textContent: name, dir: "auto" });
    this.state = el("small", { textContent: t("app.connecting") });
    this.pencil = iconButton("pencil", t("app.rename"), on.rename);
    this.pencil.hidden = true;
    this.node = el("header.head", {},
      iconButton("back", t("app.back"), on.back, "button.icon-button.back"),
      el("div.title", {}, this.title, this.state),
      this.pencil,
      iconButton("people", t("app.people"), on.people));
  }

  named(name) {
    this.title.textContent = name;
  }

  /** Only whose conversation it is gives it another name. */
  owned(isOwner) {
    this.pencil.hidden = !isOwner;
  }

  here(participants) {
    this.state.textContent = presence(participants);
  }
}
