// Where one writes: Enter sends, Shift+Enter begins a new line.

import { el, iconButton } from "./dom.js";
import { t } from "./words.js";

const DRAFTS = new Map();

/** on: {send(text, replyTo), typing()} */
export class Composer {
  constructor(id, limit, on) {
    this.id = id;
    this.limit = limit;
    this.on = on;
    this.replyTo = null;
    this.box = el("textarea", { id: "input", rows: 1, "aria-label": t("app.write"), placeholder: t("app.write"), maxlength: limit, enterkeyhint: "send" });
    this.box.value = DRAFTS.get(id) ?? "";
    this.reply = el("div.replying", { hidden: true });
    this.button = iconButton("send", t("app.send"), () => this.submit(), "button.round.send");
    this.node = el("form.composer", {}, this.reply, el("div.line", {}, this.box, this.button));
    this.node.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.box.addEventListener("input", () => this.#changed());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    queueMicrotask(() => this.#fit());
  }

  answers(message) {
    this.replyTo = message;
    const close = iconButton("close", t("app.cancel"), () => this.answers(null));
    if (message) this.reply.replaceChildren(el("span", {}, el("strong", { textContent: message.sender_name }), ` ${message.content.slice(0, 120)}`), close);
    this.reply.hidden = !message;
    this.box.focus();
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.on.send(text, this.replyTo?.sequence_id);
    this.box.value = "";
    DRAFTS.delete(this.id);
    this.reply.hidden = true;
    this.replyTo = null;
    this.#fit();
  }

  #changed() {
    DRAFTS.set(this.id, this.box.value);
    this.#fit();
    if (this.box.value.trim()) this.on.typing();
  }

  #key(event) {
    if (event.key === "Escape" && this.replyTo) this.answers(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  #fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 200)}px`;
  }
}
