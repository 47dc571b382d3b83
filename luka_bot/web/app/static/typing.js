// Who is writing at this moment.

import { el } from "./dom.js";
import { t } from "./words.js";

const LASTS_MS = 5000; // a little longer than the three seconds after which it is told again

export class Typing {
  constructor() {
    this.node = el("p.typing", { "aria-live": "off" });
    this.names = new Map();
    this.timers = new Map();
  }

  begins(id, name) {
    clearTimeout(this.timers.get(id));
    this.names.set(id, name);
    this.timers.set(id, setTimeout(() => this.ends(id), LASTS_MS));
    this.#show();
  }

  ends(id) {
    clearTimeout(this.timers.get(id));
    if (this.names.delete(id)) this.#show();
  }

  #show() {
    const names = [...this.names.values()];
    if (!names.length) this.node.replaceChildren();
    else if (names.length === 1) this.node.textContent = t("app.typing", { name: names[0] });
    else this.node.textContent = t("app.typing_many", { names: names.join(", ") });
  }
}
