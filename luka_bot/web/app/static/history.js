// What was said, in order, as it is shown and read out.

import { bubble, dayLine, isAnotherDay, isMine, newLine, together } from "./bubbles.js";
import { el } from "./dom.js";

const QUIET_MS = 150; // until a screen reader has looked away from what was put in all at once

export class History {
  /** on: {reply(message), redact(message), show(sequenceId)} */
  constructor(talk, name, on) {
    this.talk = talk;
    this.on = on;
    this.items = el("ol.messages");
    this.node = el("div.log", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": name, tabIndex: 0 }, this.items);
  }

  /** All of it anew, and none of it read out. readUpTo: behind it stands what is new. */
  draw(readUpTo) {
    const nodes = [];
    let before = null;
    let lines = 0;
    for (const message of this.talk.inOrder()) {
      if (isAnotherDay(message, before)) nodes.push(dayLine(message));
      if (!lines && before && message.sequence_id > readUpTo && !isMine(message)) lines = nodes.push(newLine());
      nodes.push(this.#bubble(message, before));
      before = message;
    }
    this.#quietly(() => this.items.replaceChildren(...nodes));
  }

  /** before: what stands last. */
  append(message, before, { isNew }) {
    if (isAnotherDay(message, before)) this.items.append(dayLine(message));
    if (isNew && !this.line) this.items.append(newLine());
    const node = this.#bubble(message, before);
    node.classList.add("arrives");
    this.items.append(node);
  }

  get line() {
    return this.items.querySelector(".new-line");
  }

  /** A single one that is another now. */
  replace(message) {
    const there = this.find(message.sequence_id);
    if (there) this.#quietly(() => there.replaceWith(this.#bubble(message, this.talk.before(message))));
  }

  find(sequenceId) {
    return this.items.querySelector(`[data-seq="${Number(sequenceId)}"]`);
  }

  #bubble(message, before) {
    return bubble(message, {
      grouped: together(message, before),
      quoted: message.reply_to ? this.talk.messages.get(message.reply_to) : null,
      on: this.on,
    });
  }

  #quietly(work) {
    this.node.setAttribute("aria-live", "off");
    work();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.node.setAttribute("aria-live", "polite"), QUIET_MS);
  }
}
