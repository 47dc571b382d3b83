// The left side: which person this browser is, and their chats.

import { avatar, byId, el } from "./dom.js";
import { faceOf } from "./header.js";
import { morph } from "./morph.js";
import { summary } from "./summary.js";
import { brief } from "./time.js";

export class Sidebar {
  #store;
  #presence;
  #people = byId("people");
  #chats = byId("chats");
  #onPerson;
  #onChat;

  constructor(store, presence, { onPerson, onChat }) {
    this.#store = store;
    this.#presence = presence;
    this.#onPerson = onPerson;
    this.#onChat = onChat;
    avatar({ kind: "luka" }, byId("brand-mark"));
    this.#people.addEventListener("click", (event) => this.#pressPerson(event));
    this.#people.addEventListener("keydown", (event) => this.#walkPeople(event));
    this.#chats.addEventListener("click", (event) => this.#pressChat(event));
    for (const name of ["reset", "view", "chats", "message", "edited", "deleted", "read"]) {
      store.addEventListener(name, () => this.#draw());
    }
    presence.addEventListener("change", () => this.#draw());
  }

  #draw() {
    if (!this.#store.me) return;
    // In place: a click must not fall between an old node and its replacement.
    morph(this.#people, el("div", {}, this.#store.people.map((someone) => this.#person(someone))));
    morph(this.#chats, el("ul", {}, this.#newestFirst().map((entry) => el("li", {}, this.#chat(entry)))));
  }

  #person(person) {
    const isMe = person.id === this.#store.personId;
    const unread = this.#store.chatsOf(person.id).reduce((sum, chat) => sum + this.#store.unread(person.id, chat.id), 0);
    const [first] = person.name.split(" ");
    return el(
      "button.person",
      { type: "button", role: "radio", "aria-checked": String(isMe), "data-person": person.id, tabIndex: isMe ? 0 : -1, title: `@${person.username}` },
      el("span.portrait", {}, avatar(person), unread && !isMe ? el("span.badge", {}, String(unread)) : null),
      el("span.person-name", { dir: "auto" }, first),
      el("small", {}, person.is_admin ? "admin" : person.language),
    );
  }

  #newestFirst() {
    const newest = (chat) => this.#store.messages(chat.id).at(-1)?.date ?? 0;
    return this.#store.chatsOf(this.#store.personId).sort((one, other) => newest(other) - newest(one));
  }

  #chat(chat) {
    const { bot, chatId, personId } = this.#store;
    const last = this.#store.messages(chat.id).at(-1);
    const unread = this.#store.unread(personId, chat.id);
    const doing = this.#presence.in(chat.id);
    return el(
      "button.entry",
      { type: "button", "data-chat": chat.id, "aria-current": chat.id === chatId ? "true" : null },
      avatar(faceOf(chat, bot)),
      el("span.entry-title", { dir: "auto" }, chat.title),
      el("time", {}, last ? brief(last.date) : ""),
      doing ? el("span.entry-preview.busy", {}, `${bot.name} is ${doing}…`) : this.#preview(chat, last),
      unread ? el("span.badge", { "aria-label": `${unread} unread` }, String(unread)) : null,
    );
  }

  #preview(chat, last) {
    if (!last) return el("span.entry-preview", {}, chat.type === "private" ? "Say hello" : "No messages yet");
    const mine = last.from?.id === this.#store.personId;
    const author = mine ? "You: " : `${last.from?.name}: `;
    const named = !last.service && (mine || chat.type !== "private");
    return el("span.entry-preview", { dir: "auto" }, named ? el("b", {}, author) : null, summary(last));
  }

  #pressPerson(event) {
    const id = event.target.closest("[data-person]")?.dataset.person;
    if (id !== undefined) this.#onPerson(Number(id));
  }

  #pressChat(event) {
    const id = event.target.closest("[data-chat]")?.dataset.chat;
    if (id !== undefined) this.#onChat(Number(id));
  }

  #walkPeople(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { people, personId } = this.#store;
    const index = people.findIndex((person) => person.id === personId);
    const next = people[(index + step + people.length) % people.length];
    this.#onPerson(next.id, { keepFocus: true });
    this.#people.querySelector(`[data-person="${next.id}"]`)?.focus();
  }
}
