// A link that opens somebody's chat with the bot and presses Start with a payload.

const HOSTS = new Set(["t.me", "telegram.me", "www.t.me"]);
const PAYLOAD = /^[\w-]{1,64}$/u;

function addressed(url) {
  if (url.protocol === "tg:") return url.searchParams.get("domain");
  return HOSTS.has(url.hostname) ? url.pathname.replaceAll("/", "") : null;
}

/** The payload, or null if the link leads elsewhere. */
export function startPayload(href, username) {
  const url = new URL(href);
  const payload = url.searchParams.get("start") ?? "";
  const isBot = addressed(url)?.toLowerCase() === username.toLowerCase();
  return isBot && PAYLOAD.test(payload) ? payload : null;
}
