// The log of the open chat: rows, groups of rows, dates, live edits.

import { dayRow, noticeRow, row, stack, typingRow } from "./bubbles.js";
import { byId, el, icon } from "./dom.js";
import { morph } from "./morph.js";
import { Scroll } from "./scroll.js";
import { dayKey } from "./time.js";

const SAME_BREATH = 300; // s between messages of one person that still hang together
const FLASH = 1400; // ms

export class Conversation {
  #store;
  #taps;
  #column = byId("column");
  #scroll;
  #typing = null;

  constructor(store, taps) {
    this.#store = store;
    this.#taps = taps;
    this.#scroll = new Scroll(() => store.markRead());
    store.addEventListener("reset", () => this.#reload());
    store.addEventListener("view", () => this.show());
    store.addEventListener("message", ({ detail }) => this.#append(detail.message));
    store.addEventListener("edited", ({ detail }) => this.update(detail.message));
    store.addEventListener("profile", () => this.#arrange());
    store.addEventListener("deleted", ({ detail }) => this.#remove(detail));
  }

  get #scene() {
    const { me, bot, chat } = this.#store;
    const rankOf = (id) => this.#store.rankOf(id);
    return { me, bot, isGroup: chat?.type !== "private", taps: this.#taps, rankOf };
  }

  show() {
    this.#typing = null;
    const messages = this.#store.me && this.#store.chat ? this.#store.here : [];
    this.#column.replaceChildren(...messages.map((message) => row(message, this.#scene)));
    this.#arrange();
    this.#scroll.toBottom();
  }

  /** The same chat from the server again: whoever was reading further up stays there. */
  #reload() {
    const place = this.#scroll.place();
    this.show();
    this.#scroll.goTo(place);
  }

  showTyping(name) {
    if ((this.#typing !== null) === (name !== null)) return;
    this.#typing?.remove();
    this.#typing = name === null ? null : typingRow(this.#scene, name);
    if (this.#typing) this.#column.append(this.#typing);
    this.#scroll.settle();
  }

  /** Redraws one message in place. */
  update(message) {
    if (message.chat_id !== this.#store.chatId) return;
    const shown = this.#rowOf(message.message_id)?.querySelector(".stack");
    if (!shown) return;
    morph(shown, stack(message, this.#scene));
    this.#scroll.settle();
  }

  jump(messageId) {
    const target = this.#rowOf(messageId);
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
    target.classList.add("flash");
    setTimeout(() => target.classList.remove("flash"), FLASH);
  }

  #rowOf(messageId) {
    return this.#column.querySelector(`[data-id="${Number(messageId)}"]`);
  }

  #append(message) {
    if (!this.#store.isHere(message)) return;
    const node = row(message, this.#scene);
    node.classList.add("enter");
    if (this.#typing) this.#typing.before(node);
    else this.#column.append(node);
    this.#arrange();
    this.#scroll.arrived(message.from?.id === this.#store.personId);
  }

  #remove({ chat_id: chatId, message_ids: messageIds }) {
    if (chatId !== this.#store.chatId) return;
    for (const messageId of messageIds) this.#rowOf(messageId)?.remove();
    this.#arrange();
    this.#scroll.settle();
  }

  /** Date lines, and who hangs together with whom. */
  #arrange() {
    for (const line of this.#column.querySelectorAll("[data-day]")) line.remove();
    for (const node of this.#column.querySelectorAll(".welcome, [data-notice]")) node.remove();
    const rows = [...this.#column.querySelectorAll("[data-id]")];
    if (!rows.length && this.#store.chat) this.#column.prepend(welcome(this.#scene.isGroup, this.#store));
    rows.forEach((node, index) => {
      const before = rows[index - 1];
      const sameDay = before && dayKey(before.dataset.date) === dayKey(node.dataset.date);
      if (!sameDay) node.before(dayRow(Number(node.dataset.date)));
      node.classList.toggle("first", !sameDay || !hangTogether(before, node));
      const after = rows[index + 1];
      node.classList.toggle("last", !after || !hangTogether(node, after));
    });
    if (this.#store.isEmptied) this.#column.prepend(noticeRow("The demo was restarted; earlier messages are gone."));
  }
}

function hangTogether(before, after) {
  return (
    before.dataset.from !== undefined &&
    before.dataset.from === after.dataset.from &&
    after.dataset.date - before.dataset.date < SAME_BREATH
  );
}

const ABOUT =
  "An assistant that runs on your own machine, with your own models. It keeps several conversations apart, answers word by word, and can be stopped at any time.";

function welcome(isGroup, store) {
  const lines = isGroup
    ? ["A group with luka in it", `Mention @${store.bot.username} or reply to one of its messages, and luka answers here.`]
    : ["What can this bot do?", store.myDescription || ABOUT];
  return el(
    "div.welcome",
    {},
    el("span.avatar.luka", { "aria-hidden": "true" }, icon("luka")),
    el("h3", {}, lines[0]),
    el("p.about", { dir: "auto" }, lines[1]),
    isGroup ? null : el("p.hint", {}, "Press Start to begin."),
  );
}
