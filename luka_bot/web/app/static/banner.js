// How the connection is, in one line above what was said.

import { el, unseen } from "./dom.js";
import { t } from "./words.js";

const SENTENCES = { given_up: "app.lost", removed: "app.not_in_it" };

export class Banner {
  /** retry(): now, and not in a while. */
  constructor(retry) {
    this.retry = retry;
    this.node = el("div.banner", { role: "status", hidden: true });
  }

  /** state: {name, seconds}, as Link tells it. */
  show(state) {
    clearInterval(this.timer);
    if (state.name === "connecting" && !this.node.hidden) return; // until it is known how that ends
    this.node.hidden = state.name === "open" || state.name === "connecting";
    if (state.name === "waiting") this.#count(state.seconds);
    else if (SENTENCES[state.name]) this.node.replaceChildren(t(SENTENCES[state.name]));
    if (state.name === "given_up") this.node.append(button("app.refresh", () => location.reload()));
  }

  close() {
    clearInterval(this.timer);
  }

  /** Seen second by second, and heard once. */
  #count(seconds) {
    const ends = Date.now() + seconds * 1000;
    const shown = el("span", { "aria-hidden": "true" });
    const tell = () => {
      shown.textContent = t("app.reconnecting", { seconds: Math.max(1, Math.ceil((ends - Date.now()) / 1000)) });
    };
    tell();
    this.timer = setInterval(tell, 500);
    this.node.replaceChildren(shown, unseen(t("app.reconnecting_heard")), button("app.now", this.retry));
  }
}

function button(key, onclick) {
  return el("button", { type: "button", onclick, textContent: t(key) });
}
