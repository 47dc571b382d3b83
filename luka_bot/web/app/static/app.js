// The page: who is it, which conversations do they have, which one is open.

import { get, post } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { unreadIn } from "./list.js";
import { forgetReads, learn } from "./reads.js";
import { forget, openBefore, remembersOpen, session } from "./session.js";
import { Sidebar } from "./sidebar.js";
import { byTelegram, signIn } from "./signin.js";
import { initData, settleIn, showBack, startParameter } from "./telegram.js";
import { forgetUnsent } from "./unsent.js";
import { View } from "./view.js";
import { followKeyboard } from "./viewport.js";
import { loadWords, t } from "./words.js";

const ENDINGS = { deleted: "app.closed_deleted", cleared: "app.closed_cleared", forgotten: "app.closed_forgotten" };
const LIST_EVERY = 15_000; // ms; what happens elsewhere
const TOAST_MS = 6000;

const root = byId("app");
const state = { conversations: [], view: null, openId: null, sidebar: null, retries: 10 };

async function start() {
  const given = location.hash;
  history.replaceState(null, "", location.pathname); // what opens a door stays in no history
  state.view?.close();
  if (initData(given)) settleIn(given, leaveOpen);
  const [config] = await Promise.all([get("/app/config.json"), loadWords()]);
  state.retries = config.ws_max_retries;
  await enter(given);
}

async function enter(given) {
  const link = /^#enter=(.+)$/u.exec(given)?.[1] ?? "";
  let told = "";
  if (initData(given)) await byTelegram(initData(given)).catch((error) => { told = notLetIn(error); });
  if (link || !session()) await signIn(root, link, told);
  draw();
  await refresh();
  const token = /^#join=(.+)$/u.exec(given)?.[1] ?? startParameter(given);
  const wanted = /^#c=([0-9a-f]{32})$/u.exec(given)?.[1] ?? openBefore();
  if (token) await join(token);
  else if (wanted && state.conversations.some((one) => one.conversation_id === wanted)) open(wanted);
}

/** Whoever was here before may have been somebody else. */
function notLetIn(error) {
  if (error.status) forget();
  return error.message;
}

async function join(token) {
  const joined = await tried(() => post(`/chat/join/${encodeURIComponent(token)}`));
  if (!joined) return;
  await refresh();
  open(joined.conversation_id);
}

function draw() {
  state.sidebar = new Sidebar({ open, create, signOut });
  const toasts = el("div", { id: "toasts", role: "status", "aria-live": "polite" });
  root.replaceChildren(state.sidebar.node, el("div", { id: "open" }, nothing()), toasts);
}

function nothing() {
  return el("main.view.nothing", {}, el("div.hello", {}, el("div.logo", {}, icon("luka")), el("p", { textContent: t("app.choose") })));
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
  learn(state.conversations);
  state.view?.named(openOne()?.name);
  showList();
  return undefined;
}

const openOne = () => state.conversations.find((one) => one.conversation_id === state.openId);

function renamed(name) {
  const one = openOne();
  if (one) one.name = name;
  showList();
}

function showList() {
  if (!state.sidebar?.node.isConnected) return;
  state.sidebar.show(state.conversations, state.openId);
  const fresh = unreadIn(state.conversations, state.openId);
  document.title = fresh ? `(${fresh}) luka` : "luka";
}

/** What was said here just now is the newest. */
function changed() {
  const place = state.conversations.findIndex((each) => each.conversation_id === state.openId);
  const one = state.conversations[place];
  const last = state.view?.talk.last ?? 0;
  if (!one || last <= one.current_sequence_id) return showList();
  one.current_sequence_id = last;
  one.updated_at = new Date().toISOString();
  state.conversations.splice(place, 1);
  state.conversations.unshift(one);
  return showList();
}

function open(id) {
  if (state.openId === id && state.view) return state.view.focus();
  state.view?.close();
  if (!state.openId) history.pushState({ open: id }, "");
  state.openId = id;
  remembersOpen(id);
  root.classList.add("talking");
  showBack(true);
  const known = state.conversations.find((one) => one.conversation_id === id);
  state.view = new View({ conversation_id: id, name: known?.name ?? "luka" }, state.retries, { back: leaveOpen, changed, renamed, signedOut, left, told: tell });
  byId("open").replaceChildren(state.view.node);
  state.view.focus();
  return showList();
}

/** The browser's own way back leads to the list, too. */
function leaveOpen() {
  if (history.state?.open) history.back();
  else closeOpen();
}

function closeOpen() {
  if (!state.openId) return;
  const before = state.openId;
  forgetOpen();
  byId("open")?.replaceChildren(nothing());
  showList();
  state.sidebar?.focus(before);
}

function forgetOpen() {
  state.view?.close();
  state.view = null;
  state.openId = null;
  remembersOpen("");
  root.classList.remove("talking");
  showBack(false);
}

/** closed: the frame that says how it ended for all, if it did. */
function left(closed) {
  const ending = closed?.how === "forgotten" || closed?.by ? ENDINGS[closed.how] : null;
  tell(t(ending ?? "app.not_in_it", { by: closed?.by ?? "" }));
  leaveOpen();
  refresh();
}

async function create() {
  const made = await tried(() => post("/chat/conversations"));
  if (!made) return;
  await refresh();
  open(made.conversation_id);
}

/** On purpose: nothing of theirs stays in this browser. */
async function signOut() {
  await post("/auth/logout").catch(() => {});
  forgetUnsent();
  forgetReads();
  await signedOut("");
}

async function signedOut(told = t("app.signed_out")) {
  if (root.querySelector(".door")) return; // they are asked already
  const before = state.openId;
  forgetOpen();
  forget();
  document.title = "luka";
  await signIn(root, "", told);
  draw();
  await refresh();
  if (told && state.conversations.some((one) => one.conversation_id === before)) open(before);
}

async function tried(work) {
  try {
    return await work();
  } catch (error) {
    if (error.status === 401) await signedOut();
    else tell(error.message);
    return null;
  }
}

function tell(text) {
  const toast = el("p.toast", { textContent: text });
  byId("toasts")?.append(toast);
  setTimeout(() => toast.remove(), TOAST_MS);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.view && !state.view.escape()) leaveOpen();
});
const look = () => !document.hidden && session() && state.sidebar?.node.isConnected && refresh();
document.addEventListener("visibilitychange", () => {
  state.view?.seen();
  look();
});
window.addEventListener("focus", look);
setInterval(look, LIST_EVERY);
window.addEventListener("popstate", (event) => !event.state?.open && !location.hash && closeOpen());
window.addEventListener("hashchange", () => location.hash.length > 1 && start());

followKeyboard();
start().catch((error) => root.replaceChildren(el("p.news", { role: "alert", textContent: error.message })));
