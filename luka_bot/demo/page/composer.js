// Where a person writes: sending, replying, editing, files.

import * as api from "./api.js";
import { AttachMenu } from "./attach_menu.js";
import { Attachment } from "./attachment.js";
import { Commands } from "./commands.js";
import { byId, el, icon } from "./dom.js";
import { asks, owed } from "./force_reply.js";
import { pieces } from "./pieces.js";
import { summary } from "./summary.js";

const TALLEST = 200; // px

export class Composer {
  #store;
  #onError;
  #input = byId("input");
  #context = byId("context");
  #commands;
  #attachment;
  #reply = null;
  #edited = null;
  #drafts = new Map();
  #settled = new Set();
  #place = null;
  #queue = Promise.resolve();

  constructor(store, onError) {
    this.#store = store;
    this.#onError = onError;
    this.#attachment = new Attachment(() => this.#refresh());
    new AttachMenu((entry) => (entry.file ? this.#upload({ kind: entry.kind, files: [entry.file] }) : this.#attachment.choose()));
    this.#commands = new Commands(store, (text) => this.send(text));
    byId("slash").append(icon("slash"));
    byId("attach").append(icon("attach"));
    byId("send").append(icon("send"));
    byId("start").addEventListener("click", () => this.send("/start"));
    byId("composer").addEventListener("submit", (event) => this.#submit(event));
    this.#input.addEventListener("keydown", (event) => this.#type(event));
    this.#input.addEventListener("input", () => this.#grow());
    store.addEventListener("view", () => this.#move());
    for (const name of ["reset", "message", "deleted"]) store.addEventListener(name, () => this.#offerStart());
    store.addEventListener("reset", () => this.#lookAgain());
    store.addEventListener("message", ({ detail }) => this.#takeQuestion(detail.message));
    store.addEventListener("deleted", ({ detail }) => this.#forget(detail));
  }

  reply(message) {
    this.#edited = null;
    this.#reply = message;
    this.#refresh();
    this.#input.focus();
  }

  edit(message) {
    this.#reply = null;
    this.#edited = message;
    this.#write(message.text ?? "");
    this.#refresh();
    this.#input.focus();
  }

  /** Sends in order, one after the other, also while an earlier one is under way. */
  send(text, { replyTo = null } = {}) {
    const { personId, chatId, topic } = this.#store;
    const parts = pieces(text);
    for (const [index, part] of parts.entries()) {
      const message = { person_id: personId, chat_id: chatId, text: part, reply_to: index === 0 ? replyTo : null, topic };
      this.#enqueue(() => api.send(message), part);
    }
  }

  #enqueue(request, text = "") {
    this.#queue = this.#queue.then(request).catch((error) => {
      this.#onError(error);
      if (text && !this.#input.value) this.#write(text);
    });
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    const { personId, chatId } = this.#store;
    if (this.#attachment.isThere) this.#uploadChosen(text);
    else if (!text) return;
    else if (this.#edited) {
      const change = { person_id: personId, chat_id: chatId, message_id: this.#edited.message_id, text };
      if (text !== this.#edited.text) this.#enqueue(() => api.edit(change));
    } else this.send(text, { replyTo: this.#reply?.message_id ?? null });
    this.#settle();
    this.#leave();
    this.#write("");
  }

  #uploadChosen(caption) {
    const replyTo = this.#reply?.message_id ?? null;
    for (const [index, parcel] of this.#attachment.parcels().entries()) {
      this.#upload({ ...parcel, ...(index === 0 ? { caption, replyTo } : {}) });
    }
    this.#attachment.clear();
  }

  #upload({ kind, files, caption = "", replyTo = null }) {
    const { personId, chatId, topic } = this.#store;
    const where = { person_id: personId, chat_id: chatId, topic: topic ?? "", reply_to: replyTo ?? "" };
    const fields = { ...where, kind, files, caption };
    this.#enqueue(() => api.upload(fields), caption);
  }

  #type(event) {
    if (event.isComposing || this.#commands.take(event)) return;
    if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "Escape") this.#cancel();
    else if (event.key === "ArrowUp" && !this.#input.value && !this.#edited) this.#editLast(event);
  }

  #editLast(event) {
    const mine = (message) => message.from?.id === this.#store.personId && message.text && !message.service;
    const last = this.#store.here.findLast(mine);
    if (!last) return;
    event.preventDefault();
    this.edit(last);
  }

  #cancel() {
    this.#drop();
    if (this.#attachment.isThere) this.#attachment.clear();
  }

  #drop() {
    if (this.#edited) this.#write("");
    this.#settle();
    this.#leave();
  }

  #leave() {
    this.#reply = null;
    this.#edited = null;
    this.#refresh();
  }

  #forget({ chat_id: chatId, message_ids: messageIds }) {
    const gone = (message) => message?.chat_id === chatId && messageIds.includes(message.message_id);
    if (gone(this.#reply) || gone(this.#edited)) this.#cancel();
  }

  /** All was read anew: what is replied to or edited may be gone. */
  #lookAgain() {
    const about = this.#reply ?? this.#edited;
    if (about && !this.#store.message(about.chat_id, about.message_id)) this.#cancel();
    this.#takeQuestion();
  }

  /** Another person or chat: what was half written waits where it was written. */
  #move() {
    const place = `${this.#store.personId}/${this.#store.chatId}/${this.#store.topic}`;
    if (place !== this.#place) {
      if (this.#place && !this.#edited) this.#drafts.set(this.#place, this.#input.value);
      this.#place = place;
      this.#leave();
      if (this.#attachment.isThere) this.#attachment.clear();
      this.#write(this.#drafts.get(place) ?? "");
    }
    this.#offerStart();
    this.#takeQuestion();
  }

  /** The bot asked for a reply: the person finds it begun, as in Telegram's apps. */
  #takeQuestion(fresh = null) {
    const { chatId, personId } = this.#store;
    const question = owed(this.#store.here, personId);
    const isBusy = this.#edited || this.#attachment.file;
    if (!question || isBusy || question === this.#reply || this.#settled.has(this.#mark(question))) return;
    if (fresh?.chat_id === chatId && fresh.message_id === question.message_id) this.reply(question);
    else if (!this.#reply) {
      this.#reply = question;
      this.#refresh();
    }
  }

  /** Answered or declined: this question isn't brought up again. */
  #settle() {
    if (this.#reply?.force_reply) this.#settled.add(this.#mark(this.#reply));
  }

  #mark(message) {
    return `${this.#store.personId}/${message.chat_id}/${message.message_id}`;
  }

  #offerStart() {
    const { chat } = this.#store;
    const fresh = chat?.type === "private" && this.#store.messages().length === 0;
    const started = !fresh && document.activeElement === byId("start");
    byId("start").hidden = !fresh;
    byId("composer").hidden = fresh;
    // Not on a phone, where the focus would bring up the keyboard over the welcome.
    if (started && matchMedia("(pointer: fine)").matches) this.#input.focus();
  }

  #write(text) {
    this.#input.value = text;
    this.#commands.startOver();
    this.#grow();
  }

  #grow() {
    this.#input.style.height = "";
    const wanted = this.#input.scrollHeight; // 0 while hidden
    if (wanted) this.#input.style.height = `${Math.min(wanted, TALLEST)}px`;
    this.#input.style.overflowY = wanted > TALLEST ? "auto" : "hidden";
    this.#ready();
  }

  #ready() {
    byId("send").disabled = !this.#input.value.trim() && !this.#attachment.isThere;
  }

  #refresh() {
    const about = this.#about();
    this.#context.hidden = about.length === 0;
    this.#context.replaceChildren(...about);
    const isAsked = !this.#edited && asks(this.#reply, this.#store.personId);
    this.#input.placeholder = (isAsked && this.#reply.force_reply.placeholder) || "Message";
    byId("send").replaceChildren(icon(this.#edited ? "done" : "send"));
    byId("send").setAttribute("aria-label", this.#edited ? "Save the edit" : "Send");
    this.#ready();
  }

  /** What is replied to or edited, and the files that go along. */
  #about() {
    return [this.#aboutMessage(), this.#aboutFiles()].filter(Boolean);
  }

  #aboutMessage() {
    const message = this.#edited ?? this.#reply;
    if (!message) return null;
    const title = this.#edited ? "Edit message" : `Reply to ${message.from.name}`;
    const close = this.#closeButton(this.#edited ? "Cancel the edit" : "Cancel the reply", () => this.#drop());
    const text = el("span.context-text", {}, el("b", { dir: "auto" }, title), el("span", { dir: "auto" }, summary(message)));
    return el("div.context-line", {}, icon(this.#edited ? "edit" : "reply"), text, close);
  }

  #aboutFiles() {
    if (!this.#attachment.isThere) return null;
    const label = this.#attachment.files.length === 1 ? "Remove the file" : "Remove the files";
    return el("div.context-line", {}, ...this.#attachment.card(), this.#closeButton(label, () => this.#attachment.clear()));
  }

  #closeButton(label, close) {
    const button = el("button.round", { type: "button", "aria-label": label }, icon("close"));
    button.addEventListener("click", () => {
      close();
      this.#input.focus();
    });
    return button;
  }
}
