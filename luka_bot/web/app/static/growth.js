// Answers while they grow. They aren't read out word by word: the whole of each is, as a message.

import { author } from "./bubbles.js";
import { avatar, el } from "./dom.js";
import { markdown } from "./markdown.js";
import { morph } from "./morph.js";
import { t } from "./words.js";

const MOVED = new WeakMap(); // nodes with what is drawn at the next picture

export class Growth {
  /** changed(): called after each picture that is drawn. */
  constructor(changed) {
    this.changed = changed;
    this.node = el("ol.messages.growing-list", { "aria-label": t("app.growing") });
  }

  get isEmpty() {
    return this.node.childElementCount === 0;
  }

  show(stream, name) {
    const node = this.#find(stream.id) ?? this.#made(stream, name);
    if (!MOVED.has(node)) requestAnimationFrame(() => this.#draw(node));
    MOVED.set(node, stream);
  }

  drop(id) {
    this.#find(id)?.remove();
  }

  clear() {
    this.node.replaceChildren();
  }

  #find(id) {
    return this.node.querySelector(`[data-stream="${CSS.escape(id)}"]`);
  }

  #made(stream, name) {
    const card = el("div.bubble", {},
      author({ sender_id: stream.sender_id, sender_name: name, sender_type: "agent" }),
      el("div.words", { "aria-hidden": "true" }),
      el("p.waiting", { role: "status" }));
    const node = el("li.message.from-agent.growing", { "data-stream": stream.id, dir: "auto" }, avatar(stream.sender_id, name, true), card);
    this.node.append(node);
    return node;
  }

  #draw(node) {
    const stream = MOVED.get(node);
    MOVED.delete(node);
    if (!node.isConnected) return;
    const wanted = el("div");
    wanted.append(stream.text ? markdown(stream.text, true) : el("span.dots", {}, el("i"), el("i"), el("i")));
    morph(node.querySelector(".words"), wanted);
    const state = node.querySelector(".waiting");
    const said = waitingText(stream.waiting);
    if (state.textContent !== said) state.textContent = said;
    state.classList.toggle("unseen", !stream.waiting?.position);
    this.changed();
  }
}

function waitingText(waiting) {
  if (!waiting?.position) return t("app.writing");
  const seconds = Math.ceil(waiting.seconds ?? 0);
  if (!seconds) return t("app.waiting", { position: waiting.position });
  return t("app.waiting_seconds", { position: waiting.position, seconds });
}
