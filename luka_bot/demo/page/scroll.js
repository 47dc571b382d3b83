// Keeps the reader where they are: at the bottom if they were there, else undisturbed.

import { byId, el, icon } from "./dom.js";

const NEAR = 48; // px from the bottom that still count as the bottom

export class Scroll {
  #log = byId("log");
  #newer = byId("newer");
  #stuck = true;
  #missed = 0;
  #top = 0;
  #onBottom;

  constructor(onBottom) {
    this.#onBottom = onBottom;
    this.#log.addEventListener("scroll", () => this.#look(), { passive: true });
    this.#newer.addEventListener("click", () => this.toBottom());
    // Pictures that load, keyboards that open and a composer that grows all move the bottom.
    const observer = new ResizeObserver(() => this.settle());
    observer.observe(this.#log);
    observer.observe(byId("column"));
  }

  /** Where the reader is, for `goTo`; null at the bottom. */
  place() {
    return this.#stuck ? null : this.#log.scrollTop;
  }

  goTo(place) {
    if (place === null) return;
    this.#stuck = false;
    this.#log.scrollTop = place;
    this.#show();
  }

  settle() {
    if (!this.#stuck) return this.#show();
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
  }

  toBottom() {
    this.#stuck = true;
    this.#missed = 0;
    this.settle();
    this.#show();
    this.#onBottom();
  }

  /** A message came; `own` ones always pull the reader down. */
  arrived(own) {
    if (own) {
      this.toBottom();
      return;
    }
    if (!this.#stuck) this.#missed += 1;
    this.settle();
  }

  #look() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const wasStuck = this.#stuck;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
    // Only going up lets go of the bottom: text may have grown between our scrolling and this event.
    if (isNear) this.#stuck = true;
    else if (scrollTop < this.#top - 1) this.#stuck = false;
    this.#top = scrollTop;
    if (this.#stuck) this.#missed = 0;
    if (this.#stuck && !wasStuck) this.#onBottom();
    this.#show();
  }

  #show() {
    this.#newer.hidden = this.#stuck;
    const label = this.#missed ? `${this.#missed} new messages, go to the newest` : "Go to the newest message";
    this.#newer.setAttribute("aria-label", label);
    this.#newer.replaceChildren(this.#missed ? el("span.badge", {}, String(this.#missed)) : "", icon("down"));
  }
}
