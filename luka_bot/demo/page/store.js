// What the page knows: people, chats, messages, who is looking at what.

import { Reads } from "./reads.js";

/** Fires: reset, message, edited, deleted, typing, toast, profile, chats, call, view, read, online. */
export class Store extends EventTarget {
  people = [];
  chats = [];
  bots = [];
  menus = {};
  menuApps = {};
  bot = { id: 0, name: "luka", username: "" };
  commands = {};
  descriptions = {};
  model = "";
  personId = null;
  chatId = null;
  /** Of a forum; null is General. */
  topic = null;
  online = false;
  #messages = new Map();
  #reads = new Reads();
  #since = null;
  #emptied = new Set();
  #loaded = false;

  load(state) {
    this.people = state.people;
    this.chats = state.chats;
    this.bot = state.bot;
    this.bots = state.bots ?? [];
    this.#describe(state);
    this.model = state.model ?? "";
    this.#noticeRestart(state.since);
    this.#messages = new Map(
      Object.entries(state.messages ?? {}).map(([chatId, list]) => [Number(chatId), [...list].sort(byId)]),
    );
    if (!this.#loaded) this.#markAllRead();
    this.#loaded = true;
    this.#fire("reset");
  }

  apply(event) {
    switch (event.event) {
      case "message":
      case "edited":
        this.#put(event.message);
        return;
      case "deleted":
        this.#drop(event.chat_id, event.message_ids);
        break;
      case "chats":
        this.chats = event.chats;
        this.#describe(event);
        break;
      case "profile":
        this.#describe(event);
        break;
      default:
    }
    this.#fire(event.event, event);
  }

  look({ personId = this.personId, chatId, topic = null }) {
    this.personId = personId;
    this.chatId = chatId;
    this.topic = topic;
    this.markRead();
    this.#fire("view");
  }

  setOnline(online) {
    this.online = online;
    this.#fire("online");
  }

  get me() {
    return this.people.find((person) => person.id === this.personId) ?? null;
  }

  get chat() {
    return this.chats.find((chat) => chat.id === this.chatId) ?? null;
  }

  get myCommands() {
    return this.menus[this.chatId]?.[this.personId] ?? this.commands[this.me?.language] ?? this.commands.en ?? [];
  }

  /** What the bot says of itself to this person; "" if nothing. */
  get myDescription() {
    return this.descriptions[this.me?.language] || this.descriptions.en || "";
  }

  chatsOf(personId) {
    return this.chats.filter((chat) => chat.members.includes(personId));
  }

  messages(chatId = this.chatId) {
    return this.#messages.get(chatId) ?? [];
  }

  /** Those of the open topic, where the open chat has topics. */
  get here() {
    return this.messages().filter((message) => this.isHere(message));
  }

  isHere(message) {
    return message.chat_id === this.chatId && (!this.chat?.is_forum || message.topic === this.topic);
  }

  /** owner, admin or "" of who speaks in the open chat. */
  rankOf(id) {
    if (!this.chat || this.chat.type === "private") return "";
    if (this.chat.members[0] === id) return "owner";
    return this.chat.administrators.includes(id) ? "admin" : "";
  }

  /** Earlier messages went with a restart of the server. */
  get isEmptied() {
    return this.#emptied.has(this.chatId);
  }

  message(chatId, messageId) {
    return this.messages(chatId).find((message) => message.message_id === messageId) ?? null;
  }

  unread(personId, chatId) {
    const read = this.#reads.upto(personId, chatId);
    return this.messages(chatId).filter(
      (message) => message.message_id > read && message.from?.id !== personId && !message.service,
    ).length;
  }

  /** The open chat counts as read while somebody can see it. */
  markRead() {
    if (this.chatId === null || document.hidden) return;
    const last = this.messages().at(-1)?.message_id ?? 0;
    this.#reads.mark(this.personId, this.chatId, last);
    this.#fire("read");
  }

  /** Another start of the server: it keeps its messages in memory. */
  #noticeRestart(since) {
    if (this.#since !== null && since !== this.#since) {
      for (const [chatId, list] of this.#messages) if (list.length) this.#emptied.add(chatId);
    }
    this.#since = since;
  }

  #describe({ commands, descriptions, menus, menu_apps: menuApps }) {
    this.menus = menus ?? {};
    this.menuApps = menuApps ?? {};
    this.commands = commands ?? {};
    this.descriptions = descriptions ?? {};
  }

  #markAllRead() {
    for (const chat of this.chats) {
      const last = this.messages(chat.id).at(-1)?.message_id ?? 0;
      for (const member of chat.members) this.#reads.begin(member, chat.id, last);
    }
  }

  #put(message) {
    const list = this.#messages.get(message.chat_id) ?? [];
    this.#messages.set(message.chat_id, list);
    const index = list.findIndex((known) => known.message_id === message.message_id);
    if (index >= 0) {
      list[index] = message;
      this.#fire("edited", { message });
      return;
    }
    list.push(message);
    list.sort(byId);
    if (message.chat_id === this.chatId) this.markRead();
    this.#fire("message", { message });
  }

  #drop(chatId, messageIds) {
    const gone = new Set(messageIds);
    this.#messages.set(
      chatId,
      this.messages(chatId).filter((message) => !gone.has(message.message_id)),
    );
  }

  #fire(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

const byId = (one, other) => one.message_id - other.message_id;
