// What can go with a message: a file, or a sticker or a voice message of the demo's own.

import { byId, el, icon } from "./dom.js";

const STICKER = new File(["a sticker"], "sticker.webp", { type: "image/webp" });
const VOICE = new File(["a second of silence"], "voice.ogg", { type: "audio/ogg" });

const ENTRIES = [
  { kind: "file", label: "Files or photos", shape: "file" },
  { kind: "sticker", label: "Sticker", shape: "sticker", file: STICKER },
  { kind: "voice", label: "Voice message", shape: "voice", file: VOICE },
];

export class AttachMenu {
  #button = byId("attach");
  #menu = byId("attach-menu");

  /** `onPick` gets an entry: {kind, file}; without a file one is to be chosen. */
  constructor(onPick) {
    this.#menu.append(...ENTRIES.map((entry) => this.#item(entry, onPick)));
    this.#button.addEventListener("click", () => (this.#menu.hidden ? this.#open() : this.#close()));
    this.#menu.addEventListener("keydown", (event) => this.#type(event));
    // A press on the button itself closes by its click, or the menu would open again.
    this.#menu.addEventListener("focusout", ({ relatedTarget: next }) => {
      if (!this.#menu.contains(next) && next !== this.#button) this.#close();
    });
    this.#button.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  #item(entry, onPick) {
    const item = el("button.option", { type: "button", role: "menuitem", tabIndex: -1 }, icon(entry.shape), entry.label);
    item.addEventListener("click", () => {
      this.#close();
      byId("input").focus();
      onPick(entry);
    });
    return item;
  }

  #open() {
    this.#show(true);
    this.#menu.firstElementChild.focus();
  }

  #close() {
    this.#show(false);
  }

  #show(isOpen) {
    this.#menu.hidden = !isOpen;
    this.#button.setAttribute("aria-expanded", String(isOpen));
  }

  #type(event) {
    const items = [...this.#menu.children];
    const here = items.indexOf(document.activeElement);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) items.at(next % items.length).focus();
    else if (event.key === "Escape") {
      this.#close();
      this.#button.focus();
    } else return;
    event.preventDefault();
  }
}
