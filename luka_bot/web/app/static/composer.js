// Where one writes: Enter sends, Shift+Enter begins a new line.

import { el, iconButton, unseen } from "./dom.js";
import { t } from "./words.js";

const DRAFTS = new Map();
const TALLEST = 200; // px
const COUNTED = 0.9; // of the limit, from where what is left is shown

/** on: {send(text, replyTo), typing()} */
export class Composer {
  constructor(id, on) {
    this.id = id;
    this.limit = 10_000;
    this.on = on;
    this.replyTo = null;
    this.box = el("textarea", { id: "input", rows: 1, "aria-label": t("app.write"), placeholder: t("app.write"), enterkeyhint: "send", dir: "auto" });
    this.box.value = DRAFTS.get(id) ?? "";
    this.reply = el("div.replying", { hidden: true });
    this.left = el("p.left", { role: "status", hidden: true });
    this.button = iconButton("send", t("app.send"), () => this.submit(), "button.round.send");
    this.node = el("form.composer", {}, this.reply, el("div.line", {}, this.box, this.button), this.left);
    this.node.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.box.addEventListener("input", () => this.#changed());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    requestAnimationFrame(() => this.#fit());
  }

  answers(message) {
    this.replyTo = message;
    const close = iconButton("close", t("app.cancel"), () => this.stopReplying());
    this.reply.replaceChildren(
      el("span", {}, unseen(t("app.replying")), el("strong", { textContent: message.sender_name }), ` ${message.content.slice(0, 120)}`), close);
    this.reply.hidden = false;
    this.box.focus();
  }

  /** True if there was something to stop. */
  stopReplying() {
    const was = this.replyTo !== null;
    this.replyTo = null;
    this.reply.hidden = true;
    if (was) this.box.focus();
    return was;
  }

  /** What couldn't be sent, unless something else is written by now. */
  restore(text) {
    if (this.box.value) return;
    this.box.value = text;
    this.#changed();
  }

  submit() {
    const text = this.box.value.trim();
    if (!text || this.#leftOver(text) < 0) return;
    this.on.send(text, this.replyTo?.sequence_id);
    this.box.value = "";
    this.#changed();
    this.stopReplying();
    this.box.focus();
  }

  #changed() {
    if (this.box.value) DRAFTS.set(this.id, this.box.value);
    else DRAFTS.delete(this.id);
    this.#fit();
    if (this.box.value.trim()) this.on.typing();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  /** Characters as luka counts them. */
  #leftOver(text) {
    return this.limit - [...text].length;
  }

  #fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
    const text = this.box.value.trim();
    const isLong = text.length > this.limit * COUNTED;
    const rest = isLong ? this.#leftOver(text) : this.limit;
    this.left.hidden = !isLong;
    if (isLong) this.left.textContent = rest < 0 ? t("app.too_long", { number: -rest }) : t("app.characters_left", { number: rest });
    this.node.classList.toggle("full", rest < 0);
    this.button.setAttribute("aria-disabled", String(!text || rest < 0));
  }
}
