// The page: who is it, which conversations do they have, which one is open.

import { get, post } from "./api.js";
import { byId, el, icon, iconButton } from "./dom.js";
import { conversationList } from "./list.js";
import { forget, session } from "./session.js";
import { byTelegram, signIn, telegramData } from "./signin.js";
import { View } from "./view.js";
import { loadWords, t } from "./words.js";

const LIST_EVERY = 20_000; // ms; what happens elsewhere

const root = byId("app");
const state = { conversations: [], view: null, openId: null, retries: 10 };

async function start() {
  const given = location.hash;
  history.replaceState(null, "", location.pathname); // what opens a door stays in no history
  await loadWords();
  state.retries = (await get("/app/config.json")).ws_max_retries;
  await enter(given);
}

async function enter(given) {
  const link = /^#enter=(.+)$/u.exec(given)?.[1] ?? "";
  const initData = telegramData(given);
  let told = "";
  if (initData) await byTelegram(initData).catch((error) => { told = error.message; });
  if (link || !session()) await signIn(root, link, told);
  draw();
  await join(/^#join=(.+)$/u.exec(given)?.[1]);
  await refresh();
  const wanted = /^#c=([0-9a-f]{32})$/u.exec(given)?.[1];
  if (wanted) open(wanted);
}

async function join(token) {
  if (!token) return;
  try {
    const joined = await post(`/chat/join/${encodeURIComponent(token)}`);
    open(joined.conversation_id);
  } catch (error) {
    tell(error.message);
  }
}

function draw() {
  const head = el("header.head", {},
    el("div.logo", {}, icon("luka")),
    el("h1", { textContent: "luka" }),
    iconButton("plus", t("app.new"), create),
    iconButton("out", t("app.sign_out"), signOut));
  const nav = el("nav.sidebar", { "aria-label": t("app.conversations") }, head, el("div", { id: "list" }));
  const nothing = el("main.view.nothing", {}, el("p", { textContent: t("app.choose") }));
  root.replaceChildren(nav, el("div", { id: "open" }, nothing), el("div", { id: "toasts", role: "status", "aria-live": "polite" }));
}

async function refresh() {
  if (!session()) return signedOut();
  try {
    state.conversations = (await get("/chat/conversations")).conversations;
  } catch (error) {
    if (error.status === 401) return signedOut();
    if (error.status) tell(error.message);
    return undefined;
  }
  showList();
  return undefined;
}

function showList() {
  const known = byId("list");
  if (!known) return;
  const place = [...known.querySelectorAll("button")].indexOf(document.activeElement);
  known.replaceChildren(conversationList(state.conversations, state.openId, open));
  if (place >= 0) known.querySelectorAll("button")[place]?.focus();
}

/** What was said here just now is the newest. */
function changed() {
  const one = state.conversations.find((each) => each.conversation_id === state.openId);
  if (one && state.view) {
    one.current_sequence_id = Math.max(one.current_sequence_id, state.view.talk.last);
    showList();
  }
}

async function open(id) {
  let about;
  try {
    about = await get(`/chat/${id}`);
  } catch (error) {
    if (error.status === 401) return signedOut();
    tell(error.message);
    return undefined;
  }
  state.view?.close();
  state.openId = id;
  root.classList.add("talking");
  state.view = new View(about, state.retries, { back, changed, signedOut, left, told: tell });
  byId("open").replaceChildren(state.view.node);
  state.view.composer.box.focus();
  showList();
  return undefined;
}

function back() {
  state.view?.close();
  state.view = null;
  const before = state.openId;
  state.openId = null;
  root.classList.remove("talking");
  byId("open").replaceChildren(el("main.view.nothing", {}, el("p", { textContent: t("app.choose") })));
  showList();
  const place = state.conversations.findIndex((one) => one.conversation_id === before);
  byId("list").querySelectorAll("button")[place]?.focus();
}

function left() {
  tell(t("app.not_in_it"));
  back();
  refresh();
}

async function create() {
  try {
    const made = await post("/chat/conversations", {});
    await refresh();
    await open(made.conversation_id);
  } catch (error) {
    tell(error.message);
  }
}

async function signOut() {
  await post("/auth/logout").catch(() => {});
  await signedOut("");
}

async function signedOut(told = t("app.signed_out")) {
  state.view?.close();
  state.view = null;
  state.openId = null;
  forget();
  root.classList.remove("talking");
  await signIn(root, "", told);
  draw();
  await refresh();
}

function tell(text) {
  const toast = el("p.toast", { textContent: text });
  byId("toasts")?.append(toast);
  setTimeout(() => toast.remove(), 6000);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.view && !state.view.composer.replyTo) {
    if (state.view.panel.hidden) back();
    else state.view.panel.hidden = true;
  }
});
document.addEventListener("visibilitychange", () => !document.hidden && refresh());
setInterval(() => !document.hidden && session() && byId("list") && refresh(), LIST_EVERY);
window.addEventListener("hashchange", () => location.hash.length > 1 && start());

start().catch((error) => root.replaceChildren(el("p.news", { role: "alert", textContent: error.message })));
