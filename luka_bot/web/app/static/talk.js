// What is known of the conversation that is open: messages by number, answers that grow, words on
// their way.

export class Talk {
  constructor() {
    this.messages = new Map();
    this.streams = new Map();
    this.pending = new Map();
    this.participants = [];
    this.typing = new Map();
  }

  /** True if it was news. */
  add(message) {
    if (this.messages.has(message.sequence_id)) return false;
    this.messages.set(message.sequence_id, message);
    this.pending.delete(message.id);
    this.streams.delete(message.id);
    this.typing.delete(message.sender_id);
    return true;
  }

  inOrder() {
    return [...this.messages.values()].sort((one, other) => one.sequence_id - other.sequence_id);
  }

  get first() {
    return Math.min(...this.messages.keys());
  }

  get last() {
    return this.messages.size ? Math.max(...this.messages.keys()) : 0;
  }

  /** The answer as it is by now; undefined if it was taken back. */
  grow(frame) {
    if (frame.cancelled) {
      this.streams.delete(frame.stream_id);
      return undefined;
    }
    const stream = this.streams.get(frame.stream_id) ?? { id: frame.stream_id, sender_id: frame.sender_id, text: "", n: -1 };
    if (frame.n === undefined || frame.n > stream.n) {
      stream.text += frame.delta ?? "";
      stream.n = frame.n ?? stream.n;
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
