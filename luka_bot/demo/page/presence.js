// Who is busy in which chat, for as long as Telegram would show it.

const LASTS = 5000; // ms, as in Telegram

const DOING = {
  typing: "typing",
  upload_document: "sending a file",
  upload_photo: "sending a photo",
  record_voice: "recording",
};

export class Presence extends EventTarget {
  #store;
  #busy = new Map();

  constructor(store) {
    super();
    this.#store = store;
    store.addEventListener("typing", ({ detail }) => this.#begin(detail.chat_id, detail.action));
    store.addEventListener("message", ({ detail }) => {
      if (detail.message.from?.id === store.bot.id) this.#end(detail.message.chat_id);
    });
    for (const name of ["view", "reset"]) store.addEventListener(name, () => this.#changed());
  }

  /** "typing", "sending a file", or null. */
  in(chatId) {
    return this.#busy.get(chatId)?.doing ?? null;
  }

  #begin(chatId, action) {
    clearTimeout(this.#busy.get(chatId)?.timer);
    const timer = setTimeout(() => this.#end(chatId), LASTS);
    this.#busy.set(chatId, { doing: DOING[action] ?? "typing", timer });
    this.#changed();
  }

  #end(chatId) {
    clearTimeout(this.#busy.get(chatId)?.timer);
    if (this.#busy.delete(chatId)) this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
