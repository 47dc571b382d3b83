// The list of conversations, with what stands above and below it.

import { avatar, el, icon, iconButton } from "./dom.js";
import { languageChoice } from "./languages.js";
import { conversationList } from "./list.js";
import { session } from "./session.js";
import { t } from "./words.js";

export class Sidebar {
  /** on: {open(id), create(), signOut()} */
  constructor(on) {
    this.on = on;
    this.list = el("div.list");
    const head = el("header.head", {}, el("div.logo", {}, icon("luka")), el("h1", { textContent: "luka" }),
      iconButton("plus", t("app.new"), on.create, "button.round.new"));
    this.node = el("nav.sidebar", { "aria-label": t("app.conversations") }, head, this.list, this.#foot());
  }

  show(conversations, openId) {
    const place = this.#buttons().indexOf(document.activeElement);
    const scrolled = this.list.scrollTop;
    this.list.replaceChildren(conversationList(conversations, openId, this.on.open));
    this.list.scrollTop = scrolled;
    if (place >= 0) this.#buttons()[place]?.focus();
  }

  focus(id) {
    const buttons = this.#buttons();
    (buttons.find((one) => one.dataset.id === id) ?? buttons[0])?.focus();
  }

  #buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  #foot() {
    const me = session();
    return el("footer.me", {}, avatar(me.participant_id, me.name, false), el("strong", { textContent: me.name, dir: "auto" }),
      languageChoice(), iconButton("out", t("app.sign_out"), this.on.signOut));
  }
}
