// The way in: Telegram's Mini App, a link of the bot, or a name and a password.

import { post } from "./api.js";
import { el, icon } from "./dom.js";
import { remember } from "./session.js";
import { t } from "./words.js";

const TELEGRAM = "https://telegram.org/js/telegram-web-app.js";

/** What Telegram put into the address when it opened us; null elsewhere. */
export function telegramData(hash) {
  return new URLSearchParams(hash.slice(1)).get("tgWebAppData");
}

export async function byTelegram(initData) {
  remember(await post("/auth/telegram", { init_data: initData }));
  dress();
}

/** Telegram's own script colours and widens the page; without it the page works all the same. */
function dress() {
  const script = el("script", { src: TELEGRAM, async: true });
  script.addEventListener("load", () => {
    window.Telegram?.WebApp?.ready();
    window.Telegram?.WebApp?.expand();
  });
  document.head.append(script);
}

/** Resolves when somebody is signed in. link: of the bot, "" for none. */
export function signIn(place, link, told = "") {
  return new Promise((resolve) => {
    const news = el("p.news", { role: "alert", textContent: told, hidden: !told });
    const tried = async (attempt) => {
      try {
        remember(await attempt());
        resolve();
      } catch (error) {
        news.textContent = error.message;
        news.hidden = false;
      }
    };
    const card = el("main.door", {}, el("div.logo", {}, icon("luka")), el("h1", { textContent: "luka" }), news);
    card.append(link ? byLink(link, tried) : byPassword(tried));
    place.replaceChildren(card);
    card.querySelector("input, button")?.focus();
  });
}

function byLink(link, tried) {
  const enter = () => tried(() => post("/auth/link", { link }));
  return el("div", {}, el("p", { textContent: t("app.link_hint") }), el("button.primary", { type: "button", onclick: enter, textContent: t("app.open") }));
}

function byPassword(tried) {
  const name = el("input", { name: "login", autocomplete: "username", required: true, maxlength: 100 });
  const password = el("input", { name: "password", type: "password", autocomplete: "current-password", required: true, maxlength: 1000 });
  const form = el("form", {},
    el("p", { textContent: t("app.sign_in_hint") }),
    el("label", {}, t("app.login"), name),
    el("label", {}, t("app.password"), password),
    el("button.primary", { textContent: t("app.sign_in") }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried(() => post("/auth/login", { login: name.value, password: password.value }));
  });
  return form;
}
