// One conversation's socket: what is sent arrives once, what was missed is asked for, and a lost
// connection is made anew.

import { get } from "./api.js";
import { pause } from "./backoff.js";
import { session, subprotocols } from "./session.js";
import { Unsent } from "./unsent.js";

const ACK_EVERY = 20; // messages
const ACK_SECONDS = 5;
const LOOK_MS = 1000;
const STABLE_SECONDS = 10; // after which a connection counts as good again
const PASSING = new Set(["QUEUE_FULL", "STORAGE_UNAVAILABLE", "RATE_LIMITED"]);
const REFUSED = { 4401: "signed_out", 4403: "removed" };

export class Link {
  /** on: {state, welcome, sync, message, stream, update, typing, redact, acked, refused, closed}, each
   *  with its frame; state gets {name, seconds}. */
  constructor(id, on, retries) {
    this.id = id;
    this.on = on;
    this.retries = retries;
    this.last = 0;
    this.epoch = "";
    this.known = false;
    this.unsent = new Unsent(session()?.participant_id, id);
    this.tries = 0;
    this.closed = false;
    this.awake = () => this.isWaiting && this.retryNow();
    window.addEventListener("online", this.awake);
    this.#connect();
  }

  /** The frame; by its message_id it is known until it has a number. */
  send(content, replyTo) {
    const frame = { type: "message", message_id: uniqueId(), content };
    if (replyTo) frame.reply_to = replyTo;
    this.unsent.put(frame);
    this.#write(frame);
    return frame;
  }

  typing() {
    if (Date.now() - (this.typedAt ?? 0) < 3000) return;
    this.typedAt = Date.now();
    this.#write({ type: "typing" });
  }

  /** Leaves the page's side; the conversation goes on. */
  close() {
    this.closed = true;
    window.removeEventListener("online", this.awake);
    clearTimeout(this.timer);
    clearInterval(this.watch);
    this.#acknowledge();
    this.socket?.close(1000);
  }

  retryNow() {
    if (!this.isWaiting) return;
    this.isWaiting = false;
    this.tries = 0;
    clearTimeout(this.timer);
    this.#connect();
  }

  #connect() {
    if (!session()) return this.on.state({ name: "signed_out" });
    this.on.state({ name: "connecting" });
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = this.known ? `?last_seq=${this.last}&epoch=${encodeURIComponent(this.epoch)}` : "";
    const address = `${scheme}://${location.host}/chat/ws/${this.id}${query}`;
    const socket = new WebSocket(address, subprotocols());
    this.socket = socket;
    this.heartbeat = 30;
    this.heardAt = Date.now();
    socket.addEventListener("message", (event) => socket === this.socket && this.#hear(JSON.parse(event.data)));
    socket.addEventListener("open", () => { socket.wasOpen = true; });
    socket.addEventListener("close", (event) => socket === this.socket && this.#lost(event.code));
    clearInterval(this.watch);
    this.watch = setInterval(() => this.#look(), LOOK_MS);
    return undefined;
  }

  #hear(frame) {
    this.heardAt = Date.now();
    switch (frame.type) {
      case "welcome": return this.#welcome(frame);
      case "sync": return this.#sync(frame);
      case "message": return this.#message(frame);
      case "ack": return this.#acked(frame);
      case "stream": return this.on.stream(frame);
      case "participant_update": return this.on.update(frame);
      case "typing": return this.on.typing(frame);
      case "redact": return this.on.redact(frame);
      case "closed": return this.on.closed(frame);
      case "error": return this.#refused(frame);
      case "bye": this.delay = (frame.delay_ms ?? 0) / 1000; return undefined;
      default: return undefined; // a later luka may know more
    }
  }

  #welcome(frame) {
    this.heartbeat = frame.heartbeat ?? 30;
    if (this.known && this.epoch !== frame.epoch) this.last = 0;
    this.epoch = frame.epoch;
    this.on.welcome(frame);
    this.on.state({ name: "open" });
    this.stable = setTimeout(() => { this.tries = 0; }, STABLE_SECONDS * 1000);
    this.known = true;
    for (const unsent of this.unsent.frames.values()) this.#write(unsent);
  }

  #sync(frame) {
    if (frame.reset) this.last = 0;
    this.on.sync(frame);
    for (const message of frame.messages) this.#seen(message.sequence_id);
    this.#acknowledge();
  }

  #message(frame) {
    if (frame.sequence_id <= this.last) return;
    this.on.message(frame);
    this.#seen(frame.sequence_id);
    this.unacked = (this.unacked ?? 0) + 1;
    if (this.unacked >= ACK_EVERY) this.#acknowledge();
    else this.ackTimer ??= setTimeout(() => this.#acknowledge(), ACK_SECONDS * 1000);
  }

  #seen(sequenceId) {
    this.last = Math.max(this.last, sequenceId);
  }

  #acknowledge() {
    clearTimeout(this.ackTimer);
    this.ackTimer = null;
    this.unacked = 0;
    if (this.last) this.#write({ type: "ack", sequence_id: this.last });
  }

  #acked(frame) {
    this.unsent.drop(frame.message_id);
    this.on.acked(frame);
  }

  /** What only has to wait is sent again; what can't be said is given back with its words. */
  #refused(frame) {
    const unsent = this.unsent.frames.get(frame.message_id);
    if (unsent && PASSING.has(frame.code)) {
      const again = () => this.unsent.frames.has(frame.message_id) && this.#write(unsent);
      setTimeout(again, (frame.retry_after ?? 5) * 1000);
    } else {
      this.unsent.drop(frame.message_id);
    }
    this.on.refused({ ...frame, content: unsent?.content });
  }

  /** Nothing heard for two heartbeats: whoever is there doesn't hear us either. */
  #look() {
    const silent = Date.now() - this.heardAt;
    if (this.socket.readyState === WebSocket.OPEN && silent > this.heartbeat * 1000 && !this.asked) {
      this.asked = true;
      this.#write({ type: "ping", t: Date.now() });
    }
    if (silent < this.heartbeat * 1000) this.asked = false;
    if (silent > this.heartbeat * 2000) this.#lost(1006);
  }

  #lost(code) {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    clearInterval(this.watch);
    clearTimeout(this.stable);
    if (this.closed) return;
    if (REFUSED[code]) return this.on.state({ name: REFUSED[code] });
    if (code === 4410) this.#forget();
    if (!socket?.wasOpen) this.#ask();
    if (this.tries >= this.retries) return this.on.state({ name: "given_up" });
    const seconds = this.delay ?? pause(this.tries);
    this.delay = undefined;
    this.tries += 1;
    this.isWaiting = true;
    this.on.state({ name: "waiting", seconds });
    this.timer = setTimeout(() => this.#again(), seconds * 1000);
  }

  #again() {
    this.isWaiting = false;
    this.#connect();
  }

  /** Its log is another one now: all of it is asked for anew. */
  #forget() {
    this.known = false;
    this.last = 0;
  }

  /** A refused handshake says nothing of why; a plain call does. */
  async #ask() {
    try {
      await get(`/chat/${this.id}`);
    } catch (error) {
      const name = { 401: "signed_out", 403: "removed", 404: "removed" }[error.status];
      if (!name || this.closed) return;
      clearTimeout(this.timer);
      this.isWaiting = false;
      this.on.state({ name });
    }
  }

  #write(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}

/** randomUUID is there over https alone; luka may stand in a home without. */
function uniqueId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
