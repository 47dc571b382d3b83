// Inline keyboards and the wait between a tap and its answer.

import { el, icon } from "./dom.js";
import { safeUrl } from "./entities.js";

const GIVE_UP = 15_000; // ms; Telegram lets a spinner go after a while, too

const keyOf = (chatId, messageId, data) => `${chatId}/${messageId}/${data}`;

/** Which buttons spin. A toast may overtake the answer to the tap that caused it. */
export class Taps {
  #waiting = new Map();
  #answered = new Set();
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  isWaiting(message, data) {
    return this.#waiting.has(keyOf(message.chat_id, message.message_id, data));
  }

  /** `request` resolves to {query_id}; rejects when the tap went nowhere. */
  async follow(message, data, request) {
    const key = keyOf(message.chat_id, message.message_id, data);
    this.#waiting.set(key, { message, query: null });
    this.#onChange(message);
    try {
      const { query_id: query } = await request;
      if (this.#answered.delete(query)) this.#stop(key);
      else this.#wait(key, query);
    } catch (error) {
      this.#stop(key);
      throw error;
    }
  }

  answered(query) {
    for (const [key, waiting] of this.#waiting) {
      if (waiting.query === query) {
        this.#stop(key);
        return;
      }
    }
    this.#answered.add(query);
  }

  clear() {
    for (const key of [...this.#waiting.keys()]) this.#stop(key);
  }

  #wait(key, query) {
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    waiting.query = query;
    setTimeout(() => {
      if (this.#waiting.get(key) === waiting) this.#stop(key);
    }, GIVE_UP);
  }

  #stop(key) {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting) this.#onChange(waiting.message);
  }
}

function key(button, message, taps) {
  if (button.url) {
    const href = safeUrl(button.url);
    const attributes = href ? { href, rel: "noopener noreferrer", target: "_blank" } : {};
    return el("a.key", attributes, el("span", { dir: "auto" }, button.text), icon("link"));
  }
  if (button.web_app) {
    return el(
      "button.key",
      { type: "button", "data-action": "web-app", "data-url": button.web_app },
      el("span", { dir: "auto" }, button.text),
      icon("spark"),
    );
  }
  const waits = taps.isWaiting(message, button.data);
  return el(
    "button.key",
    { type: "button", "data-action": "tap", "data-data": button.data, "aria-busy": waits ? "true" : null },
    el("span", { dir: "auto" }, button.text),
    el("i.spinner", { "aria-hidden": "true" }),
  );
}

export function keyboard(message, taps) {
  if (!message.keyboard?.length) return null;
  const rows = message.keyboard.map((row) => el("div.keys", {}, row.map((button) => key(button, message, taps))));
  return el("div.keyboard", { role: "group", "aria-label": "Buttons" }, rows);
}
