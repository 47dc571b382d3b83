// What Telegram lends to a page that it has opened: who it is, its colours, its back button.

import { dress } from "./theme.js";

const SCRIPT = "https://telegram.org/js/telegram-web-app.js";

function field(hash, name) {
  return new URLSearchParams(hash.slice(1)).get(name);
}

/** What Telegram signed, from the address that it opened; null elsewhere. */
export const initData = (hash) => field(hash, "tgWebAppData");

/** A Mini App's link may say where to: `t.me/<bot>?startapp=<token>`. */
export const startParameter = (hash) => new URLSearchParams(initData(hash) ?? "").get("start_param");

/** The colours are in the address; the script is only asked for what follows, as it may be out of
 *  reach. */
export function settleIn(hash, onBack) {
  const theme = field(hash, "tgWebAppThemeParams");
  try {
    if (theme) dress(JSON.parse(theme));
  } catch {
    // Then ours.
  }
  lend(hash);
  const script = document.createElement("script");
  script.src = SCRIPT;
  script.async = true;
  script.addEventListener("load", () => follow(window.Telegram?.WebApp, onBack));
  document.head.append(script);
}

/** The script looks for what Telegram has told in the address, which is clean by then, or where it
 *  keeps it itself. What is signed isn't for keeping. */
function lend(hash) {
  const { tgWebAppData: _signed, ...told } = Object.fromEntries(new URLSearchParams(hash.slice(1)));
  try {
    sessionStorage.setItem("__telegram__initParams", JSON.stringify(told));
  } catch {
    // Then it knows less.
  }
}

function follow(app, onBack) {
  if (!app) return;
  app.ready();
  app.expand();
  app.onEvent?.("themeChanged", () => dress(app.themeParams));
  app.BackButton?.onClick(onBack);
  showBack(document.querySelector("#app.talking") !== null);
}

export function showBack(shown) {
  const button = window.Telegram?.WebApp?.BackButton;
  if (shown) button?.show();
  else button?.hide();
}
