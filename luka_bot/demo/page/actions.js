// What a press inside the log does; one listener for all rows, so that redrawn rows need none.

import { byId, icon } from "./dom.js";
import { startPayload } from "./start_link.js";

const COPIED = 1400; // ms

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context (a phone on the LAN) only the old way is left.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

async function copyFrom(button, text) {
  await copyText(text);
  button.replaceChildren(icon("done"));
  setTimeout(() => button.replaceChildren(icon("copy")), COPIED);
}

function toggleOpen(node) {
  if (node.hasAttribute("data-open")) node.removeAttribute("data-open");
  else node.setAttribute("data-open", "");
}

/** `deeds`: {reply, edit, tap, openApp, command, start, jump}, each given what it needs. */
export class Actions {
  #store;
  #deeds;
  #column = byId("column");

  constructor(store, deeds) {
    this.#store = store;
    this.#deeds = deeds;
    this.#column.addEventListener("click", (event) => this.#press(event));
    this.#column.addEventListener("dblclick", (event) => this.#doublePress(event));
    byId("log").addEventListener("keydown", (event) => this.#type(event));
  }

  #messageAt(node) {
    const id = node.closest("[data-id]")?.dataset.id;
    return id === undefined ? null : this.#store.message(this.#store.chatId, Number(id));
  }

  #press(event) {
    const row = event.target.closest(".row");
    if (row) this.#makeCurrent(row);
    const link = event.target.closest("a[href]");
    const payload = link && startPayload(link.href, this.#store.bot.username);
    if (payload) {
      event.preventDefault();
      this.#deeds.start(payload);
      return;
    }
    const target = event.target.closest("[data-action]");
    if (target) this.#do(target);
  }

  #doublePress(event) {
    if (event.target.closest("[data-action], a, pre")) return;
    const message = this.#messageAt(event.target);
    if (!message || message.service) return;
    getSelection()?.removeAllRanges();
    this.#deeds.reply(message);
  }

  #do(target) {
    const message = this.#messageAt(target);
    switch (target.dataset.action) {
      case "reveal": return target.setAttribute("data-open", "");
      case "expand": return toggleOpen(target.closest("blockquote"));
      case "copy-code": return copyFrom(target, target.closest(".code-block").querySelector("code").textContent);
      case "command": return this.#deeds.command(target.dataset.command);
      case "jump": return this.#deeds.jump(Number(target.dataset.target));
      case "tap": return this.#deeds.tap(message, target.dataset.data);
      case "web-app": return this.#deeds.openApp(target.dataset.url, target.textContent);
      case "copy": return copyFrom(target, message.text ?? "");
      case "reply": return this.#deeds.reply(message);
      case "edit": return this.#deeds.edit(message);
      default: return undefined;
    }
  }

  #type(event) {
    const row = event.target.closest(".row");
    const pressable = event.target.matches("[role=button]");
    if (pressable && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.#do(event.target);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      this.#walk(event, row);
    } else if (event.key === "Enter" && event.target === row) {
      event.preventDefault();
      this.#deeds.reply(this.#messageAt(row));
    }
  }

  #walk(event, row) {
    if (event.target.matches("pre")) return;
    const rows = [...this.#column.querySelectorAll(".row[data-id]")];
    const step = event.key === "ArrowUp" ? -1 : 1;
    const next = row ? rows[rows.indexOf(row) + step] : rows.at(-1);
    if (!next) return;
    event.preventDefault();
    this.#makeCurrent(next);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  /** Only the current row's actions are in the tab order; hundreds of them would bury the composer. */
  #makeCurrent(row) {
    const before = this.#column.querySelector(".row.current");
    if (before === row) return;
    for (const [node, tabIndex] of [[before, -1], [row, 0]]) {
      node?.classList.toggle("current", node === row);
      node?.querySelectorAll(".actions button").forEach((button) => { button.tabIndex = tabIndex; });
    }
  }
}
