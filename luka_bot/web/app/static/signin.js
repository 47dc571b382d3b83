// The way in: Telegram's Mini App, a link of the bot, or a name and a password.

import { post } from "./api.js";
import { el, icon } from "./dom.js";
import { languageChoice } from "./languages.js";
import { remember } from "./session.js";
import { t } from "./words.js";

export async function byTelegram(initData) {
  remember(await post("/auth/telegram", { init_data: initData }));
}

/** Resolves when somebody is signed in. link: of the bot, "" for none; it is used only when somebody
 *  presses the button, as messengers look at links, too. */
export function signIn(place, link, told = "") {
  return new Promise((resolve) => {
    const news = el("p.news", { role: "alert", textContent: told, hidden: !told });
    let busy = false;
    const tried = async (attempt) => {
      if (busy) return;
      busy = true;
      try {
        remember(await attempt());
        resolve();
      } catch (error) {
        news.textContent = error.message;
        news.hidden = false;
        if (link && error.status) replaceWay(byPassword(tried));
      } finally {
        busy = false;
      }
    };
    const way = el("div.way", {}, link ? byLink(link, tried) : byPassword(tried));
    const replaceWay = (node) => way.replaceChildren(node);
    const card = el("main.door", {},
      el("div.logo", {}, icon("luka")), el("h1", { textContent: t("app.welcome") }), news, way, languageChoice());
    place.replaceChildren(card);
    card.querySelector("input, button")?.focus();
  });
}

function byLink(link, tried) {
  const enter = () => tried(() => post("/auth/link", { link }));
  return el("div.form", {}, el("p", { textContent: t("app.link_hint") }), el("button.primary", { type: "button", onclick: enter, textContent: t("app.open") }));
}

function byPassword(tried) {
  const name = el("input", { name: "login", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true, maxlength: 100 });
  const password = el("input", { name: "password", type: "password", autocomplete: "current-password", required: true, maxlength: 1000 });
  const form = el("form.form", {},
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
