// The topics of a forum, in a line above the log.

import { byId, el } from "./dom.js";
import { morph } from "./morph.js";

export class Topics {
  #store;
  #bar = byId("topics");

  constructor(store, onTopic) {
    this.#store = store;
    this.#bar.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-topic]")?.dataset.topic;
      if (chosen !== undefined) onTopic(chosen === "" ? null : Number(chosen));
    });
    for (const name of ["reset", "view", "chats", "message", "read"]) store.addEventListener(name, () => this.#draw());
  }

  #draw() {
    const { chat } = this.#store;
    this.#bar.hidden = !chat?.is_forum;
    if (this.#bar.hidden) return;
    const all = [{ id: null, name: "General", closed: false }, ...chat.topics];
    morph(this.#bar, el("nav", {}, all.map((topic) => this.#topic(topic))));
  }

  #topic({ id, name, closed }) {
    const isOpen = id === this.#store.topic;
    return el(
      "button.topic",
      { type: "button", "data-topic": id ?? "", "aria-current": isOpen ? "true" : null },
      el("span", { dir: "auto" }, name),
      closed ? el("small", {}, "closed") : null,
    );
  }
}
