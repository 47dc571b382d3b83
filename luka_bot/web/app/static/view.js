// The conversation that is open: its head, its messages, what grows, and where one writes.

import { get, post } from "./api.js";
import { bubble, dayLine, grow, growing, newLine, pendingBubble, together, when } from "./bubbles.js";
import { Composer } from "./composer.js";
import { el, icon, iconButton } from "./dom.js";
import { Link } from "./link.js";
import { peoplePanel } from "./people.js";
import { markRead, readUpTo } from "./reads.js";
import { session } from "./session.js";
import { Talk } from "./talk.js";
import { dayKey } from "./time.js";
import { t } from "./words.js";

const NEAR = 120; // px from the end within which one reads along
const OLDER = 100; // messages at once

/** on: {back(), changed(), signedOut(), left(), told(text)} */
export class View {
  constructor(about, retries, on) {
    this.about = about;
    this.on = on;
    this.talk = new Talk();
    this.readBefore = readUpTo(about.conversation_id);
    this.log = el("ol.log", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": about.name, tabIndex: 0 });
    this.growingList = el("ol.log.growing-list", { "aria-label": t("app.growing") });
    this.typing = el("p.typing", { "aria-live": "off" });
    this.banner = el("div.banner", { role: "status", hidden: true });
    this.older = el("button.quiet.older", { type: "button", hidden: true, onclick: () => this.#older(), textContent: t("app.older") });
    this.down = iconButton("down", t("app.to_end"), () => this.#toEnd(), "button.round.down");
    this.down.hidden = true;
    this.stop = el("button.quiet.stop", { type: "button", hidden: true, onclick: () => this.#stop() }, icon("stop"), t("app.stop"));
    this.scroller = el("div.scroller", {}, this.older, this.log, this.growingList, this.typing);
    this.title = el("h1", { textContent: about.name });
    this.state = el("small");
    this.panel = el("aside.panel", { hidden: true });
    this.composer = new Composer(about.conversation_id, 10_000, { send: (text, reply) => this.#send(text, reply), typing: () => this.link.typing() });
    this.node = this.#layout();
    this.scroller.addEventListener("scroll", () => this.#scrolled());
    this.link = new Link(about.conversation_id, this.#hears(), retries);
  }

  close() {
    this.link.close();
  }

  #layout() {
    const head = el("header.head", {},
      iconButton("back", t("app.back"), this.on.back, "button.icon-button.back"),
      el("div.title", {}, this.title, this.state),
      iconButton("people", t("app.people"), () => this.#togglePanel()));
    const foot = el("footer.foot", {}, el("div.floats", {}, this.stop, this.down), this.composer.node);
    return el("main.view", {}, head, this.banner, this.scroller, foot, this.panel);
  }

  #hears() {
    return {
      state: (state) => this.#connection(state),
      welcome: (frame) => this.#participants(frame),
      sync: (frame) => this.#sync(frame),
      message: (frame) => this.#message(frame),
      stream: (frame) => this.#stream(frame),
      update: (frame) => this.#participants(frame),
      typing: (frame) => this.#types(frame),
      redact: (frame) => this.talk.redact(frame.sequence_id) && this.#redraw(),
      refused: (frame) => this.#refused(frame),
      closed: () => this.on.left(),
    };
  }

  #participants(frame) {
    if (!frame.participants) return;
    this.talk.participants = frame.participants;
    if (frame.name) this.title.textContent = frame.name;
    const here = frame.participants.filter((one) => one.online && one.type === "human").length;
    const people = frame.participants.filter((one) => one.type === "human").length;
    this.state.textContent = people > 1 ? t("app.here", { people, here }) : t("app.alone");
    if (!this.panel.hidden) this.#showPanel();
  }

  #sync(frame) {
    if (frame.reset) this.talk.messages.clear();
    for (const message of frame.messages) this.talk.add(message);
    if (frame.participants) this.#participants(frame);
    this.#redraw();
    if (!this.shownOnce) this.#firstLook();
    this.shownOnce = true;
  }

  #firstLook() {
    this.log.querySelector(".new-line")?.scrollIntoView({ block: "center" });
    if (!this.log.querySelector(".new-line")) this.#toEnd();
    this.#read();
  }

  #message(message) {
    const near = this.#isNear();
    const before = this.talk.inOrder().at(-1);
    if (!this.talk.add(message)) return;
    this.growingList.querySelector(`[data-stream="${CSS.escape(message.id)}"]`)?.remove();
    this.log.querySelector(`[data-pending="${CSS.escape(message.id)}"]`)?.remove();
    if (before && before.sequence_id > message.sequence_id) this.#redraw();
    else this.#append(message, before);
    this.#stopShown();
    this.#typingShown();
    if (near || message.sender_id === session()?.participant_id) this.#toEnd();
    this.#read();
    this.on.changed();
  }

  #append(message, before) {
    if (!before || dayKey(when(message)) !== dayKey(when(before))) this.#put(dayLine(message));
    this.#put(this.#bubble(message, before));
  }

  /** Before what is still on its way. */
  #put(node) {
    const pending = this.log.querySelector("[data-pending]");
    if (pending) pending.before(node);
    else this.log.append(node);
  }

  #bubble(message, before) {
    return bubble(message, {
      grouped: together(message, before),
      quoted: message.reply_to && message.reply_to !== before?.sequence_id ? this.talk.messages.get(message.reply_to) : null,
      onReply: (one) => this.composer.answers(one),
      onRedact: (one) => this.#redact(one),
    });
  }

  #redraw() {
    const nodes = [];
    let before = null;
    for (const message of this.talk.inOrder()) {
      if (!before || dayKey(when(message)) !== dayKey(when(before))) nodes.push(dayLine(message));
      if (this.#isFirstNew(message, before)) nodes.push(newLine());
      nodes.push(this.#bubble(message, before));
      before = message;
    }
    const pending = [...this.talk.pending].map(([id, text]) => pendingBubble(id, text));
    this.log.replaceChildren(...nodes, ...pending);
    this.older.hidden = !(this.talk.messages.size && this.talk.first > 1) || this.nothingOlder;
  }

  #isFirstNew(message, before) {
    const read = this.readBefore;
    return read !== undefined && before && before.sequence_id <= read && message.sequence_id > read;
  }

  #stream(frame) {
    const near = this.#isNear();
    const stream = this.talk.grow(frame);
    const known = this.growingList.querySelector(`[data-stream="${CSS.escape(frame.stream_id)}"]`);
    if (!stream) known?.remove();
    else if (known) grow(known, stream);
    else this.growingList.append(growing(stream, this.talk.person(stream.sender_id)?.name ?? "luka"));
    this.#stopShown();
    if (near) this.#toEnd();
  }

  #stopShown() {
    this.stop.hidden = this.talk.streams.size === 0;
  }

  async #stop() {
    await this.#tried(() => post(`/chat/${this.about.conversation_id}/stop`));
  }

  #types(frame) {
    clearTimeout(this.talk.typing.get(frame.participant_id)?.timer);
    const timer = setTimeout(() => { this.talk.typing.delete(frame.participant_id); this.#typingShown(); }, 5000);
    this.talk.typing.set(frame.participant_id, { name: frame.name, timer });
    this.#typingShown();
  }

  #typingShown() {
    const names = [...this.talk.typing.values()].map((one) => one.name);
    this.typing.textContent = names.length ? t("app.typing", { names: names.join(", ") }) : "";
  }

  #send(text, replyTo) {
    const id = this.link.send(text, replyTo);
    this.talk.pending.set(id, text);
    this.log.append(pendingBubble(id, text));
    this.#toEnd();
  }

  #refused(frame) {
    this.on.told(frame.message);
    if (!frame.message_id || this.link.unsent.has(frame.message_id)) return;
    const text = this.talk.pending.get(frame.message_id);
    this.talk.pending.delete(frame.message_id);
    this.log.querySelector(`[data-pending="${CSS.escape(frame.message_id)}"]`)?.remove();
    if (text && !this.composer.box.value) this.composer.box.value = text;
  }

  async #redact(message) {
    if (!confirm(t("app.take_back_sure"))) return;
    await this.#tried(() => post(`/chat/${this.about.conversation_id}/messages/${message.sequence_id}/redact`));
  }

  async #older() {
    const after = Math.max(0, this.talk.first - OLDER - 1);
    const page = await this.#tried(() => get(`/chat/${this.about.conversation_id}/messages?after=${after}&limit=${OLDER}`));
    const height = this.scroller.scrollHeight;
    const added = page && !page.reset ? page.messages.filter((one) => this.talk.add(one)).length : 0;
    this.nothingOlder = added === 0;
    this.#redraw();
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
  }

  #connection(state) {
    const told = {
      connecting: this.shownOnce ? t("app.connecting") : "",
      open: "",
      waiting: t("app.reconnecting", { seconds: Math.max(1, Math.round(state.seconds ?? 0)) }),
      given_up: t("app.lost"),
      removed: t("app.not_in_it"),
    }[state.name];
    if (state.name === "signed_out") return this.on.signedOut();
    this.node.dataset.connection = state.name;
    this.banner.replaceChildren(told ?? "");
    this.banner.hidden = !told;
    if (state.name === "given_up") this.banner.append(el("button", { type: "button", onclick: () => location.reload(), textContent: t("app.refresh") }));
    if (state.name === "waiting") this.banner.append(el("button", { type: "button", onclick: () => this.link.retryNow(), textContent: t("app.now") }));
    return undefined;
  }

  #togglePanel() {
    this.panel.hidden = !this.panel.hidden;
    if (!this.panel.hidden) this.#showPanel();
  }

  #showPanel() {
    const close = iconButton("close", t("app.close"), () => { this.panel.hidden = true; });
    const on = { told: this.on.told, left: this.on.left, tried: (work) => this.#tried(work) };
    this.panel.replaceChildren(close, peoplePanel(this.about, this.talk.participants, on));
  }

  async #tried(work) {
    try {
      return await work();
    } catch (error) {
      this.on.told(error.message);
      return null;
    }
  }

  #isNear() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #scrolled() {
    this.down.hidden = this.#isNear();
    if (this.#isNear()) this.#read();
  }

  #read() {
    if (document.hidden || !this.#isNear() || !this.talk.last) return;
    markRead(this.about.conversation_id, this.talk.last);
    this.on.changed();
  }
}

