// The line above the log: whose chat this is, what answers, whether we are connected.

import { avatar, byId, el, icon } from "./dom.js";

/** How a chat looks in the header and the list. */
export function faceOf(chat, bot) {
  return chat.type === "private" ? { id: bot.id, kind: "luka" } : { id: chat.id, kind: "group" };
}

function members(chat, people, bots) {
  const names = [...people, ...bots].filter((person) => chat.members.includes(person.id)).map((person) => person.name);
  return [...names, "luka"].join(", ");
}

export class Header {
  #store;
  #presence;

  constructor(store, presence, { onBack }) {
    this.#store = store;
    this.#presence = presence;
    byId("back").append(icon("back"));
    byId("back").addEventListener("click", onBack);
    for (const name of ["reset", "view", "chats"]) store.addEventListener(name, () => this.#draw());
    store.addEventListener("online", () => { byId("offline").hidden = store.online; });
    presence.addEventListener("change", () => this.#drawStatus());
  }

  #draw() {
    const { chat, bot, model } = this.#store;
    byId("bar").hidden = chat === null;
    if (!chat) return;
    byId("chat-title").textContent = chat.title;
    avatar(faceOf(chat, bot), byId("chat-avatar"));
    byId("model").hidden = !model;
    byId("model").replaceChildren(icon("spark"), el("span", {}, model));
    document.title = `${chat.title} · luka demo`;
    this.#drawStatus();
  }

  #drawStatus() {
    const { chat, bot, bots, people, model } = this.#store;
    if (!chat) return;
    const doing = this.#presence.in(chat.id);
    const status = byId("chat-status");
    status.classList.toggle("busy", doing !== null);
    if (doing) status.textContent = `${bot.name} is ${doing}…`;
    else status.textContent = chat.type === "private" ? "bot" : members(chat, people, bots);
    // A phone has no room for the model's own label.
    if (!doing && model) status.append(el("span.model-here", {}, ` · ${model}`));
  }
}
