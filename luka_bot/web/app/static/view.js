// The conversation that is open: what comes over its connection, and what its reader does.

import { call, get, post } from "./api.js";
import { Banner } from "./banner.js";
import { Composer } from "./composer.js";
import { sure, written } from "./dialog.js";
import { el, icon } from "./dom.js";
import { Head } from "./head.js";
import { Link } from "./link.js";
import { Panel } from "./people.js";
import { policyNews } from "./policy.js";
import { Said } from "./said.js";
import { session } from "./session.js";
import { t } from "./words.js";

const LONGEST_NAME = 64; // characters

/** on: {back(), changed(), renamed(name), signedOut(), left(), told(text)} */
export class View {
  constructor(about, retries, on) {
    this.about = about;
    this.on = on;
    this.path = `/chat/${about.conversation_id}`;
    this.said = new Said(about, this.#doesWithWords());
    this.talk = this.said.talk;
    this.banner = new Banner(() => this.link.retryNow());
    this.panel = new Panel(this.talk, { told: on.told, left: on.left, tried: (work) => this.#tried(work) });
    this.head = new Head(about.name, { back: on.back, rename: () => this.#rename(), people: () => this.panel.toggle(this.about) });
    this.composer = new Composer(about.conversation_id, { send: (text, reply) => this.said.says(this.link.send(text, reply)), typing: () => this.link.typing() });
    this.#layout();
    this.link = new Link(about.conversation_id, this.#hears(), retries);
    for (const frame of this.link.unsent.frames.values()) this.said.waits(frame);
  }

  close() {
    this.banner.close();
    this.link?.close();
    this.said.close();
  }

  /** Where a keyboard on the screen would cover half of it, it waits until it is wanted. */
  focus() {
    if (matchMedia("(hover: hover)").matches) this.composer.box.focus();
    else this.said.focus();
  }

  /** They look at the page again. */
  seen() {
    this.said.read();
  }

  /** Escape: the innermost thing that is open; false where that is the conversation itself. */
  escape() {
    if (this.panel.isOpen) return this.panel.close();
    return this.composer.stopReplying();
  }

  /** As the conversation is called by now. */
  named(name) {
    if (!name || name === this.about.name) return;
    this.about.name = name;
    this.head.named(name);
    this.node.setAttribute("aria-label", name);
    this.on.renamed(name);
  }

  #layout() {
    this.stop = el("button.quiet.stop", { type: "button", hidden: true, onclick: () => this.#tried(() => post(`${this.path}/stop`)) }, icon("stop"), t("app.stop"));
    const foot = el("footer.foot", {}, el("div.floats", {}, this.stop, this.said.scroller.down), this.composer.node);
    this.node = el("main.view", { "aria-label": this.about.name }, this.head.node, this.banner.node, this.said.node, foot, this.panel.node);
  }

  #doesWithWords() {
    return {
      reply: (message) => this.composer.answers(message),
      redact: (message) => this.#redact(message),
      page: (after, limit) => this.#tried(() => get(`${this.path}/messages?after=${after}&limit=${limit}`)),
      settled: (id) => this.link?.unsent.drop(id),
      changed: () => this.on.changed(),
      growing: () => { this.stop.hidden = !this.said.isGrowing; },
    };
  }

  #hears() {
    return {
      state: (state) => this.#connection(state),
      welcome: (frame) => this.#welcome(frame),
      sync: (frame) => { this.#participants(frame); this.said.sync(frame); },
      message: (frame) => this.said.message(frame),
      stream: (frame) => this.said.stream(frame),
      update: (frame) => this.#update(frame),
      typing: (frame) => this.said.writes(frame),
      redact: (frame) => this.said.redacted(frame.sequence_id),
      acked: (frame) => this.talk.messages.has(frame.sequence_id) && this.said.settled(frame.message_id),
      refused: (frame) => this.#refused(frame),
      closed: (frame) => this.on.left(frame),
    };
  }

  async #welcome(frame) {
    this.composer.limit = frame.limits?.max_message_size ?? this.composer.limit;
    this.named(frame.name);
    this.#participants(frame);
    const again = this.said.comesAgain();
    const about = await this.#tried(() => get(this.path));
    if (about) {
      this.named(about.name);
      Object.assign(this.about, { policy: null }, about); // what is unset isn't said
    }
    const isOwner = this.about.owner_id === session()?.participant_id;
    this.said.history.node.classList.toggle("owned", isOwner);
    this.head.owned(isOwner);
    this.panel.refresh(this.about);
    await again;
  }

  #update(frame) {
    this.named(frame.name);
    if (frame.action === "policy") {
      this.about.policy = frame.policy;
      this.on.told(policyNews(this.about));
    }
    this.#participants(frame);
  }

  #participants(frame) {
    if (!frame.participants) return;
    this.talk.participants = frame.participants;
    this.head.here(frame.participants);
    this.panel.refresh(this.about);
  }

  #refused(frame) {
    if (frame.agent) return this.on.told(t("app.no_answer", { name: this.talk.person(`agent:${frame.agent}`)?.name ?? frame.agent }));
    this.on.told(frame.message);
    if (!frame.message_id || this.link.unsent.frames.has(frame.message_id)) return;
    this.said.settled(frame.message_id);
    if (frame.content) this.composer.restore(frame.content);
    return undefined;
  }

  async #rename() {
    const name = await written(t("app.rename_ask"), this.about.name, t("app.rename"), LONGEST_NAME);
    if (!name || name === this.about.name) return;
    const about = await this.#tried(() => call("PATCH", this.path, { name }));
    if (about) this.named(about.name);
  }

  async #redact(message) {
    if (!(await sure(t("app.take_back_sure"), t("app.take_back")))) return;
    await this.#tried(() => post(`${this.path}/messages/${message.sequence_id}/redact`));
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
}
