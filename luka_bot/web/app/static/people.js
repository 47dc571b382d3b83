// Who takes part: persons and agents, an invite, coming and going.

import { call, get, post } from "./api.js";
import { copy } from "./clipboard.js";
import { sure } from "./dialog.js";
import { avatar, el, iconButton } from "./dom.js";
import { policyChoice } from "./policy.js";
import { session } from "./session.js";
import { t } from "./words.js";

const USES = 10; // people whom a link lets in
const DAYS = 7; // that it lasts

export class Panel {
  /** on: {told(text), left(), tried(work)} */
  constructor(talk, on) {
    this.talk = talk;
    this.on = on;
    this.node = el("aside.panel", { hidden: true, "aria-label": t("app.people") });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  toggle(about) {
    if (this.isOpen) this.close();
    else this.#open(about);
  }

  /** True, as something was closed. */
  close() {
    this.node.hidden = true;
    this.before?.focus();
    return true;
  }

  refresh(about) {
    if (!this.isOpen) return;
    this.roll.replaceWith((this.roll = this.#roll(about)));
    this.policy.replaceWith((this.policy = this.#policy(about)));
  }

  #open(about) {
    this.before = document.activeElement;
    this.roll = this.#roll(about);
    this.policy = this.#policy(about);
    const close = iconButton("close", t("app.close"), () => this.close());
    const head = el("header.head", {}, el("h2", { textContent: t("app.people") }), close);
    this.node.replaceChildren(head, el("div.people", {}, this.roll, this.#agents(about), this.policy, this.#invite(about), this.#isOwner(about) ? null : this.#leave(about)));
    this.node.hidden = false;
    close.focus();
  }

  #isOwner(about) {
    return about.owner_id === session()?.participant_id;
  }

  #roll(about) {
    return el("ul.roll", {}, this.talk.participants.map((one) => this.#person(about, one)));
  }

  #person(about, one) {
    const isMe = one.id === session()?.participant_id;
    const isAgent = one.type === "agent";
    const isHere = isMe || (one.online && !isAgent);
    const state = isAgent ? t("app.agent_long") : isHere ? t("app.online") : t("app.elsewhere");
    const picture = avatar(one.id, one.name, isAgent);
    picture.classList.toggle("online", isHere);
    const name = el("strong", {}, one.name, isMe ? el("span.badge", { textContent: t("app.you") }) : null);
    const removable = isAgent || (this.#isOwner(about) && !isMe);
    return el("li", {}, picture,
      el("span.who", {}, name, el("small", { textContent: state })),
      removable ? iconButton("close", t("app.remove", { name: one.name }), () => this.#remove(about, one)) : null);
  }

  /** Kept while it says the same, so that whoever is choosing isn't disturbed. */
  #policy(about) {
    const isAlone = this.talk.participants.filter((one) => one.type === "human").length === 1;
    const said = JSON.stringify([about.policy, about.owner_id, isAlone]);
    if (this.policy?.dataset.said === said) return this.policy;
    const change = (policy) => this.on.tried(() => call("PATCH", `/chat/${about.conversation_id}`, { policy }));
    const choice = policyChoice(about, isAlone, change);
    choice.dataset.said = said;
    return choice;
  }

  async #remove(about, one) {
    if (!(await sure(t("app.remove_sure", { name: one.name }), t("app.remove", { name: one.name })))) return;
    const path = one.type === "agent" ? `agents/${encodeURIComponent(one.id.slice(6))}` : `participants/${encodeURIComponent(one.id)}`;
    await this.on.tried(() => call("DELETE", `/chat/${about.conversation_id}/${path}`));
  }

  /** Those who could come, as buttons that bring them. */
  #agents(about) {
    const box = el("div.agents");
    const offer = (one) => {
      const button = el("button.quiet", { type: "button", textContent: t("app.add", { name: one.title }) });
      button.addEventListener("click", async () => {
        const added = await this.on.tried(() => post(`/chat/${about.conversation_id}/agents`, { agent: one.name }));
        if (added) button.remove();
      });
      return button;
    };
    get("/chat/agents").then(({ agents }) => {
      const here = new Set(this.talk.participants.map((one) => one.id));
      box.append(...agents.filter((one) => !here.has(`agent:${one.name}`)).map(offer));
    }).catch(() => {}); // then nobody can be added
    return box;
  }

  #invite(about) {
    const shown = el("div.invite-link", { hidden: true });
    const make = () => this.on.tried(async () => {
      const made = await post(`/chat/${about.conversation_id}/invites`, { uses: USES, expires_in: DAYS * 86400 });
      const address = el("input", { readonly: true, value: made.url, "aria-label": t("app.invite_link") });
      const button = iconButton("copy", t("app.copy"), async () => { if (await copy(made.url)) this.on.told(t("app.copied")); });
      shown.replaceChildren(el("div.line", {}, address, button), el("small", { textContent: t("app.invite_hint", { uses: USES, days: DAYS }) }));
      shown.hidden = false;
      address.select();
    });
    return el("div.invite", {}, el("button.primary", { type: "button", onclick: make, textContent: t("app.invite") }), shown);
  }

  #leave(about) {
    const go = async () => {
      if (!(await sure(t("app.leave_sure"), t("app.leave")))) return;
      const me = encodeURIComponent(session().participant_id);
      const gone = await this.on.tried(() => call("DELETE", `/chat/${about.conversation_id}/participants/${me}`).then(() => true));
      if (gone) this.on.left();
    };
    return el("button.quiet.bad", { type: "button", onclick: go, textContent: t("app.leave") });
  }
}
