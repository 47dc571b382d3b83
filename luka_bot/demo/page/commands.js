// The commands menu: opened by its button or by typing "/".

import { byId, el } from "./dom.js";

const TYPING_ONE = /^\/(\w*)$/u;

export class Commands {
  #store;
  #input = byId("input");
  #list = byId("commands");
  #button = byId("slash");
  #shown = [];
  #chosen = 0;
  #onSend;
  #dismissed = false;

  constructor(store, onSend) {
    this.#store = store;
    this.#onSend = onSend;
    this.#input.addEventListener("input", () => this.#follow());
    this.#input.addEventListener("blur", () => this.close());
    this.#button.addEventListener("click", () => this.#toggle());
    // A press must not take the focus from the composer, or the blur would close the list first.
    for (const node of [this.#list, this.#button]) node.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#press(event));
    store.addEventListener("view", () => this.close());
    store.addEventListener("profile", () => this.#follow());
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** The composer begins anew; a menu dismissed earlier may open again. */
  startOver() {
    this.#dismissed = false;
    this.close();
  }

  close() {
    this.#shown = [];
    this.#draw();
  }

  /** True if the key was meant for the menu. */
  take(event) {
    if (!this.isOpen) return false;
    switch (event.key) {
      case "ArrowDown": this.#choose(this.#chosen + 1); break;
      case "ArrowUp": this.#choose(this.#chosen - 1); break;
      case "Home": this.#choose(0); break;
      case "End": this.#choose(this.#shown.length - 1); break;
      case "Enter": this.#send(this.#shown[this.#chosen]); break;
      case "Tab": this.#complete(); break;
      case "Escape": this.#dismissed = true; this.close(); break;
      default: return false;
    }
    event.preventDefault();
    return true;
  }

  #follow() {
    const typed = TYPING_ONE.exec(this.#input.value);
    if (!typed) this.#dismissed = false;
    this.#open(typed && !this.#dismissed ? typed[1] : null);
  }

  #toggle() {
    this.#input.focus();
    if (this.isOpen) this.close();
    else this.#open("");
  }

  #open(prefix) {
    const fits = ({ command }) => command.startsWith(prefix.toLowerCase());
    this.#shown = prefix === null ? [] : this.#store.myCommands.filter(fits);
    this.#chosen = 0;
    this.#draw();
  }

  #choose(index) {
    this.#chosen = (index + this.#shown.length) % this.#shown.length;
    this.#draw();
  }

  #draw() {
    this.#list.replaceChildren(...this.#shown.map((command, index) => this.#option(command, index)));
    this.#list.hidden = this.#shown.length === 0;
    this.#button.setAttribute("aria-expanded", String(this.isOpen));
    if (!this.isOpen) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    this.#input.setAttribute("aria-activedescendant", `command-${this.#chosen}`);
    this.#list.children[this.#chosen].scrollIntoView({ block: "nearest" });
  }

  #option({ command, description }, index) {
    return el(
      "div.option",
      { role: "option", id: `command-${index}`, "data-index": index, "aria-selected": String(index === this.#chosen) },
      el("b", {}, `/${command}`),
      el("span", { dir: "auto" }, description),
    );
  }

  #press(event) {
    const index = event.target.closest("[data-index]")?.dataset.index;
    if (index !== undefined) this.#send(this.#shown[Number(index)]);
  }

  #send({ command }) {
    this.#input.value = "";
    this.#input.dispatchEvent(new Event("input"));
    this.close();
    this.#onSend(`/${command}${this.#address}`);
  }

  /** In groups apps name the bot that a command of the menu is for. */
  get #address() {
    return this.#store.chat?.type === "private" ? "" : `@${this.#store.bot.username}`;
  }

  #complete() {
    this.#input.value = `/${this.#shown[this.#chosen].command}${this.#address} `;
    this.#input.dispatchEvent(new Event("input"));
  }
}
