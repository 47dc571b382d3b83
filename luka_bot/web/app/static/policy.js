// When agents answer: everybody here sees it, and changes it where people came by invites.

import { el } from "./dom.js";
import { t } from "./words.js";

const POLICIES = { mention: "app.policy_mention", smart: "app.policy_smart", always: "app.policy_always", quiet: "app.policy_quiet" };
const NEWS = { mention: "app.now_mention", smart: "app.now_smart", always: "app.now_always", quiet: "app.now_quiet" };

/** A Telegram group belongs to nobody here; its administrators decide there. */
const isGroup = (about) => !about.owner_id;
const inForce = (about) => about.policy ?? (isGroup(about) ? "mention" : "smart");

/** change(policy): resolves to whether it was taken. */
export function policyChoice(about, isAlone, change) {
  const now = inForce(about);
  const hint = isAlone && ["mention", "smart"].includes(now) ? el("small", { textContent: t("app.policy_hint") }) : null;
  if (isGroup(about)) return el("p.policy", {}, t("app.policy"), el("strong", { textContent: t(POLICIES[now]) }));
  const select = el("select", {}, Object.entries(POLICIES).map(([name, key]) => el("option", { value: name, textContent: t(key) })));
  select.value = now;
  select.addEventListener("change", async () => {
    if (!(await change(select.value))) select.value = inForce(about);
  });
  return el("label.policy", {}, t("app.policy"), select, hint);
}

/** What is told to whoever has the conversation open. */
export const policyNews = (about) => t(NEWS[inForce(about)]);
