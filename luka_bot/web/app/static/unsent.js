// What is written and has no number yet. It outlives a refresh, and is sent again under its old id.

const KEY = "luka-chat-unsent";

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(all) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // It lasts as long as the page.
  }
}

/** Of one person in one conversation: another who signs in here must not say it. */
export class Unsent {
  constructor(participant, conversation) {
    this.place = `${participant} ${conversation}`;
    this.frames = new Map(Object.entries(kept()[this.place] ?? {}));
  }

  put(frame) {
    this.frames.set(frame.message_id, frame);
    this.#save();
  }

  drop(id) {
    if (this.frames.delete(id)) this.#save();
  }

  #save() {
    const all = kept();
    if (this.frames.size) all[this.place] = Object.fromEntries(this.frames);
    else delete all[this.place];
    keep(all);
  }
}

export const forgetUnsent = () => keep({});
