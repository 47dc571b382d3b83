// Puts the page together: one store, its views, the event stream.

import { Actions } from "./actions.js";
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId } from "./dom.js";
import { Header } from "./header.js";
import { Taps } from "./keyboard.js";
import { MiniApp } from "./mini_app.js";
import { Presence } from "./presence.js";
import { Sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { Ticker } from "./ticker.js";
import { alertBox, toast } from "./toasts.js";
import { Topics } from "./topics.js";

const store = new Store();
const presence = new Presence(store);
const taps = new Taps((message) => {
  const current = store.message(message.chat_id, message.message_id);
  if (current) conversation.update(current);
});
const conversation = new Conversation(store, taps);
const composer = new Composer(store, tell);
new Sidebar(store, presence, { onPerson: become, onChat: (chatId) => go(store.personId, chatId) });
new Header(store, presence, { onBack: () => go(store.personId, null) });
new Topics(store, (topic) => go(store.personId, store.chatId, topic));
const miniApp = new MiniApp(store, tell);
new Ticker(store);
new Actions(store, {
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  command: (text) => composer.send(text),
  start,
  jump: (messageId) => conversation.jump(messageId),
  tap,
  openApp: (url, title) => miniApp.open(url, title),
});

function tell(error) {
  toast(error.message, { isError: true });
}

function tap(message, data) {
  if (taps.isWaiting(message, data)) return;
  const press = { person_id: store.personId, chat_id: message.chat_id, message_id: message.message_id, data };
  taps.follow(message, data, api.tap(press)).catch(tell);
}

/** As a tapped link does it: into the chat with the bot, which gets the payload. */
function start(payload) {
  const { personId } = store;
  go(personId, personId);
  api.send({ person_id: personId, chat_id: personId, text: `/start ${payload}` }).catch(tell);
}

// Whoever is no member any more sees the group no longer.
store.addEventListener("chats", () => {
  const mine = store.chatsOf(store.personId).some((entry) => entry.id === store.chatId);
  if (store.chatId !== null && !mine) go(store.personId, store.personId);
});

store.addEventListener("toast", ({ detail }) => {
  taps.answered(detail.query_id);
  if (!detail.text || detail.person_id !== store.personId) return;
  if (detail.alert) alertBox(detail.text);
  else toast(detail.text);
});

const drawTyping = () => conversation.showTyping(presence.in(store.chatId) === "typing" ? store.bot.name : null);
presence.addEventListener("change", drawTyping);

// Person, chat and topic live in the address: "#7/-100200/12". Two tabs can be two people.
function go(personId, chatId, topic = null) {
  const place = `#${[personId, chatId, topic].filter((part) => part !== null).join("/")}`;
  if (location.hash === place) look();
  else location.hash = place;
}

function become(personId, { keepFocus = false } = {}) {
  const { chat } = store;
  const follows = chat && chat.type !== "private" && chat.members.includes(personId);
  history.replaceState(null, "", `#${personId}/${follows ? chat.id : personId}`);
  look({ keepFocus, keepScreen: true });
}

function whereTo() {
  const [person, chat, topic] = location.hash.slice(1).split("/");
  const me = store.people.find((someone) => someone.id === Number(person)) ?? store.people[0];
  const isMine = store.chatsOf(me.id).some((entry) => entry.id === Number(chat));
  const isWide = matchMedia("(min-width: 701px)").matches;
  const home = isWide || location.hash.includes("/") || !location.hash ? me.id : null;
  if (!isMine) return { personId: me.id, chatId: home };
  const topics = store.chats.find((entry) => entry.id === Number(chat)).topics ?? [];
  const isThere = topics.some((entry) => entry.id === Number(topic));
  return { personId: me.id, chatId: Number(chat), topic: isThere ? Number(topic) : null };
}

function look({ keepFocus = false, keepScreen = false } = {}) {
  const place = whereTo();
  if (!keepScreen) byId("app").dataset.screen = place.chatId === null ? "list" : "chat";
  store.look(place);
  byId("chat").classList.toggle("nowhere", place.chatId === null);
  const writes = !keepFocus && place.chatId !== null && matchMedia("(pointer: fine)").matches;
  if (!writes) return;
  const target = byId("start").hidden ? byId("input") : byId("start");
  target.focus({ preventScroll: true });
}

addEventListener("hashchange", () => look());
document.addEventListener("visibilitychange", () => store.markRead());

// Events that arrive while the state is being read wait, so that nothing falls between the two.
let early = null;

async function reload() {
  early = [];
  try {
    const state = await api.readState();
    taps.clear();
    store.load(state);
    if (!store.me || !store.chat) look();
    store.setOnline(true);
  } catch (error) {
    tell(error);
  }
  const waiting = early;
  early = null;
  for (const event of waiting) store.apply(event);
}

api.listen({
  onOpen: reload,
  onEvent: (event) => (early ? early.push(event) : store.apply(event)),
  onLost: () => store.setOnline(false),
});
