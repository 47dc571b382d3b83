// Who takes part: persons and agents, an invite, coming and going.

import { call, get, post } from "./api.js";
import { avatar, el, iconButton } from "./dom.js";
import { session } from "./session.js";
import { t } from "./words.js";

/** on: {told(text), left()} */
export function peoplePanel(about, participants, on) {
  const isOwner = about.owner_id === session()?.participant_id;
  const panel = el("section.people", { "aria-label": t("app.people") });
  panel.append(el("h2", { textContent: t("app.people") }), roll(about, participants, isOwner, on));
  panel.append(agents(about, participants, on), invite(about, on));
  if (!isOwner) panel.append(leave(about, on));
  return panel;
}

function roll(about, participants, isOwner, on) {
  const list = el("ul.roll");
  for (const one of participants) {
    const isAgent = one.type === "agent";
    const state = isAgent ? t("app.agent") : one.online ? t("app.online") : t("app.elsewhere");
    const removable = isAgent || (isOwner && one.id !== session()?.participant_id);
    list.append(
      el("li", {},
        avatar(one.id, one.name, isAgent),
        el("span.who", {}, el("strong", { textContent: one.name }), el("small", { class: one.online ? "online" : "", textContent: state })),
        removable ? iconButton("close", t("app.remove", { name: one.name }), () => remove(about, one, on)) : null),
    );
  }
  return list;
}

async function remove(about, one, on) {
  if (!confirm(t("app.remove_sure", { name: one.name }))) return;
  const path = one.type === "agent" ? `agents/${one.id.slice(6)}` : `participants/${encodeURIComponent(one.id)}`;
  await on.tried(() => call("DELETE", `/chat/${about.conversation_id}/${path}`));
}

function agents(about, participants, on) {
  const here = new Set(participants.map((one) => one.id));
  const box = el("div.agents");
  get("/chat/agents").then(({ agents: known }) => {
    for (const one of known.filter((each) => !here.has(`agent:${each.name}`))) {
      const add = () => on.tried(() => post(`/chat/${about.conversation_id}/agents`, { agent: one.name }));
      box.append(el("button.quiet", { type: "button", onclick: add }, `+ ${one.title}`));
    }
  }).catch(() => {});
  return box;
}

function invite(about, on) {
  const shown = el("p.invite-link", { hidden: true });
  const make = () => on.tried(async () => {
    const made = await post(`/chat/${about.conversation_id}/invites`, { uses: 10, expires_in: 7 * 86400 });
    const address = el("input", { readonly: true, value: made.url, "aria-label": t("app.invite_link") });
    const copy = iconButton("copy", t("app.copy"), () => { navigator.clipboard?.writeText(made.url); on.told(t("app.copied")); });
    shown.replaceChildren(address, copy, el("small", { textContent: t("app.invite_hint") }));
    shown.hidden = false;
    address.select();
  });
  return el("div.invite", {}, el("button.primary", { type: "button", onclick: make, textContent: t("app.invite") }), shown);
}

function leave(about, on) {
  const go = async () => {
    if (!confirm(t("app.leave_sure"))) return;
    const me = encodeURIComponent(session().participant_id);
    await on.tried(() => call("DELETE", `/chat/${about.conversation_id}/participants/${me}`));
    on.left();
  };
  return el("button.quiet.bad", { type: "button", onclick: go, textContent: t("app.leave") });
}
