// The conversation that is open: its head, what is said, what grows, and where one writes.

import { get, post } from "./api.js";
import { Banner } from "./banner.js";
import { isMine, pendingBubble } from "./bubbles.js";
import { Composer } from "./composer.js";
import { sure } from "./dialog.js";
import { el, icon, iconButton } from "./dom.js";
import { Growth } from "./growth.js";
import { History } from "./history.js";
import { Link } from "./link.js";
import { Panel } from "./people.js";
import { markRead, readUpTo } from "./reads.js";
import { Scroller } from "./scroller.js";
import { session } from "./session.js";
import { presence } from "./summary.js";
import { Talk } from "./talk.js";
import { Typing } from "./typing.js";
import { t } from "./words.js";

const OLDER = 100; // messages at once

/** on: {back(), changed(), signedOut(), left(), told(text)} */
export class View {
  constructor(about, retries, on) {
    this.about = about;
    this.on = on;
    this.talk = new Talk();
    this.readBefore = readUpTo(about.conversation_id) ?? 0;
    this.path = `/chat/${about.conversation_id}`;
    this.history = new History(this.talk, about.name, this.#choices());
    this.scroller = new Scroller(() => this.#read(), () => this.#older());
    this.growth = new Growth(() => this.scroller.follow());
    this.typing = new Typing();
    this.banner = new Banner(() => this.link.retryNow());
    this.panel = new Panel(this.talk, { told: on.told, left: on.left, tried: (work) => this.#tried(work) });
    this.composer = new Composer(about.conversation_id, { send: (text, reply) => this.#send(text, reply), typing: () => this.link.typing() });
    this.#layout();
    this.link = new Link(about.conversation_id, this.#hears(), retries);
    for (const frame of this.link.unsent.frames.values()) this.pending.append(pendingBubble(frame));
  }

  close() {
    this.banner.close();
    this.link?.close();
    this.scroller.close();
  }

  /** Where a keyboard on the screen would cover half of it, it waits until it is wanted. */
  focus() {
    if (matchMedia("(hover: hover)").matches) this.composer.box.focus();
    else this.history.node.focus({ preventScroll: true });
  }

  /** They look at the page again. */
  seen() {
    this.#read();
  }

  /** Escape: the innermost thing that is open; false where that is the conversation itself. */
  escape() {
    if (this.panel.isOpen) return this.panel.close();
    return this.composer.stopReplying();
  }

  #layout() {
    this.title = el("h1", { textContent: this.about.name });
    this.state = el("small", { textContent: t("app.connecting") });
    this.pending = el("ol.messages.pending-list", { "aria-label": t("app.sending") });
    this.hello = el("div.hello", { hidden: true }, el("div.logo", {}, icon("luka")), el("h2", { textContent: t("app.empty") }), el("p", { textContent: t("app.empty_hint") }));
    this.stop = el("button.quiet.stop", { type: "button", hidden: true, onclick: () => this.#tried(() => post(`${this.path}/stop`)) }, icon("stop"), t("app.stop"));
    this.scroller.fill(this.hello, this.history.node, this.pending, this.growth.node, this.typing.node);
    const head = el("header.head", {},
      iconButton("back", t("app.back"), this.on.back, "button.icon-button.back"),
      el("div.title", {}, this.title, this.state),
      iconButton("people", t("app.people"), () => this.panel.toggle(this.about)));
    const foot = el("footer.foot", {}, el("div.floats", {}, this.stop, this.scroller.down), this.composer.node);
    this.node = el("main.view", { "aria-label": this.about.name }, head, this.banner.node, this.scroller.node, foot, this.panel.node);
  }

  #choices() {
    return {
      reply: (message) => this.composer.answers(message),
      redact: (message) => this.#redact(message),
      show: (sequenceId) => this.scroller.show(this.history.find(sequenceId)),
    };
  }

  #hears() {
    return {
      state: (state) => this.#connection(state),
      welcome: (frame) => this.#welcome(frame),
      sync: (frame) => this.#sync(frame),
      message: (frame) => this.#message(frame),
      stream: (frame) => this.#stream(frame),
      update: (frame) => this.#participants(frame),
      typing: (frame) => { this.typing.begins(frame.participant_id, frame.name); this.scroller.follow(); },
      redact: (frame) => this.#redacted(frame.sequence_id),
      acked: (frame) => this.talk.messages.has(frame.sequence_id) && this.#sent(frame.message_id),
      refused: (frame) => this.#refused(frame),
      closed: () => this.on.left(),
    };
  }

  async #welcome(frame) {
    this.talk.streams.clear(); // what grew while we were away is told anew, or stands in the log
    this.growth.clear();
    this.#growing();
    this.composer.limit = frame.limits?.max_message_size ?? this.composer.limit;
    this.#participants(frame);
    const isAgain = this.history.items.childElementCount > 0;
    const about = await this.#tried(() => get(this.path));
    if (about) Object.assign(this.about, about);
    if (about && isAgain) await this.#refreshRedacted();
    this.history.node.classList.toggle("owned", this.about.owner_id === session()?.participant_id);
  }

  /** A resume brings what was said meanwhile, and not what was taken back. */
  async #refreshRedacted() {
    const after = Math.max(0, this.talk.last - OLDER);
    const page = await get(`${this.path}/messages?after=${after}&limit=${OLDER}`).catch(() => null);
    for (const one of page?.messages ?? []) if (one.redacted) this.#redacted(one.sequence_id);
  }

  #participants(frame) {
    if (!frame.participants) return;
    this.talk.participants = frame.participants;
    if (frame.name) {
      this.title.textContent = frame.name;
      this.about.name = frame.name;
    }
    this.state.textContent = presence(frame.participants);
    this.panel.refresh(this.about);
  }

  #sync(frame) {
    if (frame.reset) this.talk.messages.clear();
    if (this.shownOnce) this.readBefore = readUpTo(this.about.conversation_id) ?? 0;
    for (const message of frame.messages) {
      this.talk.add(message);
      this.#sent(message.id);
      this.growth.drop(message.id);
    }
    this.#participants(frame);
    this.#growing();
    const follows = this.scroller.isNear;
    if (frame.messages.length || frame.reset || !this.shownOnce) this.#redraw();
    if (!this.shownOnce) this.scroller.begin(this.history.line);
    else if (follows) this.scroller.toEnd();
    this.shownOnce = true;
    this.#read();
  }

  #message(message) {
    const before = this.talk.inOrder().at(-1) ?? null;
    if (!this.talk.add(message)) return;
    const isSeen = this.scroller.isNear && !document.hidden;
    this.#sent(message.id);
    this.growth.drop(message.id);
    this.typing.ends(message.sender_id);
    this.history.append(message, before, { isNew: !isSeen && !isMine(message) });
    this.hello.hidden = true;
    this.#growing();
    if (isMine(message)) this.scroller.toEnd();
    else this.scroller.follow(true);
    this.#read();
    this.on.changed();
  }

  #redraw() {
    this.history.draw(this.readBefore);
    this.scroller.older.hidden = this.nothingOlder || !(this.talk.messages.size && this.talk.first > 1);
    this.hello.hidden = this.talk.inOrder().some((one) => one.message_type !== "system");
  }

  #stream(frame) {
    const stream = this.talk.grow(frame);
    if (stream) this.growth.show(stream, this.talk.person(stream.sender_id)?.name ?? t("app.agent"));
    else this.growth.drop(frame.stream_id);
    this.#growing();
  }

  #growing() {
    this.stop.hidden = this.growth.isEmpty;
  }

  #send(text, replyTo) {
    const frame = this.link.send(text, replyTo);
    this.pending.append(pendingBubble(frame));
    this.history.line?.remove();
    this.readBefore = Infinity;
    this.scroller.toEnd();
  }

  #sent(id) {
    this.link?.unsent.drop(id);
    this.pending.querySelector(`[data-pending="${CSS.escape(id)}"]`)?.remove();
  }

  #refused(frame) {
    if (frame.agent) return this.on.told(t("app.no_answer", { name: this.talk.person(`agent:${frame.agent}`)?.name ?? frame.agent }));
    this.on.told(frame.message);
    if (!frame.message_id || this.link.unsent.frames.has(frame.message_id)) return;
    this.#sent(frame.message_id);
    if (frame.content) this.composer.restore(frame.content);
    return undefined;
  }

  async #redact(message) {
    if (!(await sure(t("app.take_back_sure"), t("app.take_back")))) return;
    await this.#tried(() => post(`${this.path}/messages/${message.sequence_id}/redact`));
  }

  #redacted(sequenceId) {
    const message = this.talk.redact(sequenceId);
    if (message) this.history.replace(message);
  }

  async #older() {
    const after = Math.max(0, this.talk.first - OLDER - 1);
    const limit = Math.min(OLDER, this.talk.first - 1);
    const page = await this.#tried(() => get(`${this.path}/messages?after=${after}&limit=${limit}`));
    if (!page) return;
    const added = page.reset ? 0 : page.messages.filter((one) => this.talk.add(one)).length;
    this.nothingOlder = added === 0;
    this.scroller.hold(() => this.#redraw());
  }

  #connection(state) {
    if (state.name === "signed_out") return this.on.signedOut();
    this.node.dataset.connection = state.name;
    return this.banner.show(state);
  }

  async #tried(work) {
    try {
      return await work();
    } catch (error) {
      this.on.told(error.message);
      return null;
    }
  }

  #read() {
    if (document.hidden || !this.scroller.isNear || !this.talk.last) return;
    markRead(this.about.conversation_id, this.talk.last);
    this.history.read();
    this.on.changed();
  }
}
