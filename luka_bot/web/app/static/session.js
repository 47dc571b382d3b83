// Who is signed in. The token stays in this browser until it ends or is signed out.

const KEY = "luka-chat-session";
const OPEN = "luka-chat-open";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null; // nothing there, or storage is forbidden: then one signs in anew
  }
}

let current = kept();

export function session() {
  if (current && Date.parse(current.expires_at) <= Date.now()) forget();
  return current;
}

export function remember(signed) {
  current = signed;
  try {
    localStorage.setItem(KEY, JSON.stringify(signed));
  } catch {
    // It lasts as long as the page.
  }
}

export function forget() {
  current = null;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There was nothing.
  }
}

/** Which conversation is open in this tab, for after a refresh; "" for none. */
export function remembersOpen(id) {
  try {
    sessionStorage.setItem(OPEN, id);
  } catch {
    // Then one chooses again.
  }
}

export function openBefore() {
  try {
    return sessionStorage.getItem(OPEN);
  } catch {
    return null;
  }
}

/** As a subprotocol: base64url without padding. */
export function subprotocols() {
  const bytes = new TextEncoder().encode(current.token);
  const text = btoa(String.fromCharCode(...bytes));
  const safe = text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
  return ["luka.chat.v1", `luka.auth.${safe}`];
}
