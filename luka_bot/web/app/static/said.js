// What is said in the conversation that is open: messages, answers that grow, what is on its way, and
// up to where it has been read.

import { isMine, pendingBubble } from "./bubbles.js";
import { el, icon } from "./dom.js";
import { Growth } from "./growth.js";
import { History } from "./history.js";
import { markRead, readUpTo } from "./reads.js";
import { Scroller } from "./scroller.js";
import { Talk } from "./talk.js";
import { Typing } from "./typing.js";
import { t } from "./words.js";

const OLDER = 100; // messages at once

export class Said {
  /** on: {reply(message), redact(message), page(after, limit), settled(id), changed(), growing()}; page
   *  resolves to a page of the log, or null. */
  constructor(about, on) {
    this.id = about.conversation_id;
    this.on = on;
    this.talk = new Talk();
    this.current = 0;
    this.readBefore = readUpTo(this.id) ?? 0;
    this.history = new History(this.talk, about.name, { reply: on.reply, redact: on.redact, show: (number) => this.scroller.show(this.history.find(number)) });
    this.scroller = new Scroller(() => this.read(), () => this.#older());
    this.growth = new Growth(() => this.scroller.follow());
    this.typing = new Typing();
    this.pending = el("ol.messages.pending-list", { "aria-label": t("app.sending") });
    this.hello = el("div.hello", { hidden: true }, el("div.logo", {}, icon("luka")), el("h2", { textContent: t("app.empty") }), el("p", { textContent: t("app.empty_hint") }));
    this.scroller.fill(this.hello, this.history.node, this.pending, this.growth.node, this.typing.node);
    this.node = this.scroller.node;
  }

  get isGrowing() {
    return !this.growth.isEmpty;
  }

  close() {
    this.scroller.close();
  }

  focus() {
    this.history.node.focus({ preventScroll: true });
  }

  /** What grew while we were away is told anew, or stands in the log. A resume brings what was said
   *  meanwhile, and not what was taken back. */
  async comesAgain() {
    this.talk.streams.clear();
    this.growth.clear();
    this.on.growing();
    if (!this.history.items.childElementCount) return;
    const page = await this.on.page(Math.max(0, this.talk.last - OLDER), OLDER);
    for (const one of page?.messages ?? []) if (one.redacted) this.redacted(one.sequence_id);
  }

  sync(frame) {
    if (frame.reset) this.talk.messages.clear();
    this.current = frame.current_sequence_id;
    if (this.shownOnce) this.readBefore = readUpTo(this.id) ?? 0;
    for (const message of frame.messages) {
      this.talk.add(message);
      this.#arrived(message);
    }
    this.on.growing();
    const follows = this.scroller.isNear;
    if (frame.messages.length || frame.reset || !this.shownOnce) this.#redraw();
    if (!this.shownOnce) this.scroller.begin(this.history.line);
    else if (follows) this.scroller.toEnd();
    this.shownOnce = true;
    this.read();
  }

  message(message) {
    const before = this.talk.inOrder().at(-1) ?? null;
    if (!this.talk.add(message)) return;
    const isSeen = this.scroller.isNear && !document.hidden;
    this.#arrived(message);
    this.typing.ends(message.sender_id);
    this.history.append(message, before, { isNew: !isSeen && !isMine(message) });
    this.hello.hidden = true;
    this.on.growing();
    if (isMine(message)) this.scroller.toEnd();
    else this.scroller.follow(true);
    this.read();
    this.on.changed();
  }

  stream(frame) {
    const stream = this.talk.grow(frame);
    if (stream) this.growth.show(stream, this.talk.person(stream.sender_id)?.name ?? t("app.agent"));
    else this.growth.drop(frame.stream_id);
    this.on.growing();
  }

  writes(frame) {
    this.typing.begins(frame.participant_id, frame.name);
    this.scroller.follow();
  }

  redacted(number) {
    const message = this.talk.redact(number);
    if (message) this.history.replace(message);
  }

  /** On its way; it has no number yet. */
  waits(frame) {
    this.pending.append(pendingBubble(frame));
  }

  /** Their own words, from here. */
  says(frame) {
    this.waits(frame);
    this.history.line?.remove();
    this.readBefore = Infinity;
    this.scroller.toEnd();
  }

  /** It stands in the log, or never will. */
  settled(id) {
    this.on.settled(id);
    this.pending.querySelector(`[data-pending="${CSS.escape(id)}"]`)?.remove();
  }

  /** Whoever looks at its end has read it. */
  read() {
    if (document.hidden || !this.scroller.isNear || !this.talk.last) return;
    markRead(this.id, Math.max(this.talk.last, this.current));
    this.history.read();
    this.on.changed();
  }

  #arrived(message) {
    this.settled(message.id);
    this.growth.drop(message.id);
  }

  #redraw() {
    this.history.draw(this.readBefore);
    this.scroller.older.hidden = this.nothingOlder || !(this.talk.messages.size && this.talk.first > 1);
    this.hello.hidden = this.talk.inOrder().some((one) => one.message_type !== "system");
  }

  async #older() {
    const after = Math.max(0, this.talk.first - OLDER - 1);
    const page = await this.on.page(after, Math.min(OLDER, this.talk.first - 1));
    if (!page) return;
    const added = page.reset ? 0 : page.messages.filter((one) => this.talk.add(one)).length;
    this.nothingOlder = added === 0;
    this.scroller.hold(() => this.#redraw());
  }
}
