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

  /** The answer as it is by now; undefined if it was taken back. Who comes in the middle of it is told
   *  all of it so far; until then, and where a part was lost, it says so. */
  grow(frame) {
    if (frame.cancelled) {
      this.streams.delete(frame.stream_id);
      return undefined;
    }
    const stream = this.streams.get(frame.stream_id) ?? { id: frame.stream_id, sender_id: frame.sender_id, text: "", n: 0 };
    const begins = frame.n === 1 || frame.text !== undefined;
    if (begins || frame.n > stream.n) {
      const before = begins ? "" : frame.n === stream.n + 1 ? stream.text : `${stream.text}… `;
      stream.text = before + (frame.text ?? frame.delta ?? "");
      stream.n = frame.n;
      stream.waiting = stream.text ? undefined : frame.waiting ?? stream.waiting;
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
