// A Mini App in a frame over the page, as Telegram's web clients show it.

import * as api from "./api.js";
import { byId, icon } from "./dom.js";
import { safeUrl } from "./entities.js";

function words(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {}; // not meant for us
  }
}

/** What the app learns of our looks, by the names that Telegram has for them. */
function theme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    bg_color: colour("--panel"),
    secondary_bg_color: colour("--panel-soft"),
    text_color: colour("--ink"),
    hint_color: colour("--ink-soft"),
    link_color: colour("--accent-ink"),
    button_color: colour("--accent"),
    button_text_color: colour("--on-accent"),
  };
}

export class MiniApp {
  #store;
  #onError;
  #box = byId("mini-app");
  #frame = byId("mini-app-frame");
  #menu = byId("menu-app");

  constructor(store, onError) {
    this.#store = store;
    this.#onError = onError;
    byId("mini-app-close").append(icon("close"));
    byId("mini-app-close").addEventListener("click", () => this.#box.close());
    this.#box.addEventListener("close", () => this.#frame.removeAttribute("src"));
    this.#menu.addEventListener("click", () => this.open(this.#menu.dataset.url, this.#menu.textContent));
    for (const name of ["reset", "view", "profile"]) store.addEventListener(name, () => this.#offer());
    addEventListener("message", (event) => this.#hear(event));
  }

  async open(url, title) {
    const { personId, chatId } = this.#store;
    try {
      const { url: signed } = await api.openApp({ person_id: personId, chat_id: chatId, url });
      byId("mini-app-title").textContent = title;
      this.#frame.src = `${signed}&tgWebAppThemeParams=${encodeURIComponent(JSON.stringify(theme()))}`;
      this.#box.showModal();
    } catch (error) {
      this.#onError(error);
    }
  }

  #offer() {
    const app = this.#store.menuApps[this.#store.chatId];
    this.#menu.hidden = !app;
    this.#menu.textContent = app?.text ?? "";
    this.#menu.dataset.url = app?.web_app ?? "";
  }

  #hear({ source, data }) {
    if (!this.#frame.src || source !== this.#frame.contentWindow) return;
    const { eventType, eventData } = words(data);
    if (eventType === "web_app_close") this.#box.close();
    else if (eventType === "web_app_request_theme") this.#say("theme_changed", { theme_params: theme() });
    else if (eventType === "web_app_open_link" && safeUrl(eventData?.url)) open(eventData.url, "_blank", "noopener");
  }

  #say(eventType, eventData) {
    this.#frame.contentWindow.postMessage(JSON.stringify({ eventType, eventData }), new URL(this.#frame.src).origin);
  }
}
