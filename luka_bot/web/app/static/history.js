// What was said, in order, as it is shown and read out.

import { bubble, dayLine, isAnotherDay, isMine, newLine, together } from "./bubbles.js";
import { el } from "./dom.js";

const QUIET_MS = 150; // until a screen reader has looked away from what was put in all at once

/** An agent's answer right below what it answers needs no quote. */
const answersTheLast = (message, before) => message.sender_type === "agent" && message.reply_to === before?.sequence_id;

export class History {
  /** on: {reply(message), redact(message), show(sequenceId)} */
  constructor(talk, name, on) {
    this.talk = talk;
    this.on = on;
    this.items = el("ol.messages");
    this.items.addEventListener("click", (event) => pick(event.target));
    this.node = el("div.log", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": name, tabIndex: 0 }, this.items);
  }

  /** All of it anew, and none of it read out. readUpTo: behind it stands what is new. */
  draw(readUpTo) {
    const nodes = [];
    let before = null;
    this.isMarked = readUpTo <= 0; // to whom all is new, nothing needs a mark
    for (const message of this.talk.inOrder()) {
      if (isAnotherDay(message, before)) nodes.push(dayLine(message));
      if (!this.isMarked && message.sequence_id > readUpTo && !isMine(message)) this.isMarked = nodes.push(newLine()) > 0;
      nodes.push(this.#bubble(message, before));
      before = message;
    }
    this.#quietly(() => this.items.replaceChildren(...nodes));
  }

  /** before: what stands last. */
  append(message, before, { isNew }) {
    if (isAnotherDay(message, before)) this.items.append(dayLine(message));
    if (isNew && !this.isMarked) this.#mark();
    const node = this.#bubble(message, before);
    node.classList.add("arrives");
    this.items.append(node);
  }

  /** All that stands there has been read; what comes then is new. */
  read() {
    this.isMarked = false;
  }

  #mark() {
    this.line?.remove();
    this.items.append(newLine());
    this.isMarked = true;
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
      quoted: answersTheLast(message, before) ? null : this.talk.messages.get(message.reply_to),
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

/** Where no mouse hovers, a tap on a message shows what can be done with it. */
function pick(target) {
  if (target.closest("a, button, pre") || !getSelection().isCollapsed) return;
  const message = target.closest(".message");
  const before = document.querySelector(".message.picked");
  before?.classList.remove("picked");
  if (message !== before) message?.classList.add("picked");
}
