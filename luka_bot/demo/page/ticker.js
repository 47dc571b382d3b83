// The last calls of the bot, for people who want to see how it works.

import { byId, el } from "./dom.js";

const KEPT = 6;

export class Ticker {
  #count = 0;

  constructor(store) {
    byId("ticker").open = matchMedia("(min-width: 701px) and (min-height: 640px)").matches;
    store.addEventListener("call", ({ detail }) => this.#add(detail));
  }

  #add({ method, ok, harmless }) {
    if (method === "getUpdates") return;
    this.#count += 1;
    byId("call-count").textContent = String(this.#count);
    const list = byId("calls");
    const end = ok ? "done" : harmless ? "needless" : "refused";
    const newest = list.firstElementChild;
    if (newest?.dataset.method === method && newest.dataset.end === end) {
      const times = Number(newest.dataset.times) + 1;
      newest.dataset.times = String(times);
      newest.querySelector("i").textContent = `×${times}`;
      return;
    }
    list.prepend(el("li", { "data-method": method, "data-end": end, "data-times": "1" }, method, el("i")));
    while (list.children.length > KEPT) list.lastElementChild.remove();
  }
}
