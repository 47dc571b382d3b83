// How far each person has read each chat, also after the page was loaded again.

const KEY = "luka-reads";

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // storage may be forbidden; then all that was there counts as read
  }
}

export class Reads {
  #marks = remembered();

  upto(personId, chatId) {
    return this.#marks[`${personId}:${chatId}`] ?? 0;
  }

  mark(personId, chatId, messageId) {
    this.#marks[`${personId}:${chatId}`] = messageId;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#marks));
    } catch {
      // Only the memory is lost.
    }
  }

  /** A mark for a chat that has none yet. */
  begin(personId, chatId, messageId) {
    if (!(`${personId}:${chatId}` in this.#marks)) this.mark(personId, chatId, messageId);
  }
}
