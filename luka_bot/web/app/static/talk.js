// What is known of the conversation that is open: messages by number, and answers that grow.

export class Talk {
  constructor() {
    this.messages = new Map();
    this.streams = new Map();
    this.participants = [];
  }

  /** True if it was news. */
  add(message) {
    const there = this.messages.get(message.sequence_id);
    if (there && Boolean(there.redacted) === Boolean(message.redacted)) return false;
    this.messages.set(message.sequence_id, message);
    this.streams.delete(message.id);
    return true;
  }

  inOrder() {
    return [...this.messages.values()].sort((one, other) => one.sequence_id - other.sequence_id);
  }

  before(message) {
    return this.inOrder().findLast((one) => one.sequence_id < message.sequence_id) ?? null;
  }

  get first() {
    return Math.min(...this.messages.keys());
  }

  get last() {
    return this.messages.size ? Math.max(...this.messages.keys()) : 0;
  }

  /** The answer as it is by now; undefined if it was taken back. Who comes in the middle of it sees
   *  the rest, until the whole of it comes. */
  grow(frame) {
    if (frame.cancelled) {
      this.streams.delete(frame.stream_id);
      return undefined;
    }
    const known = this.streams.get(frame.stream_id);
    const stream = known ?? { id: frame.stream_id, sender_id: frame.sender_id, text: frame.n > 1 ? "… " : "", n: 0 };
    if (frame.n > stream.n) {
      stream.text += frame.delta ?? "";
      stream.n = frame.n;
      stream.waiting = frame.delta ? undefined : frame.waiting ?? stream.waiting;
    }
    this.streams.set(frame.stream_id, stream);
    return stream;
  }

  redact(sequenceId) {
    const message = this.messages.get(sequenceId);
    if (message) Object.assign(message, { content: "", redacted: true });
    return message;
  }

  person(id) {
    return this.participants.find((one) => one.id === id);
  }
}
