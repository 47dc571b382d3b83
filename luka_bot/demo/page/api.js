// The page's half of the JSON seam with the local Telegram.

const RETRY_FIRST = 500; // ms
const RETRY_LONGEST = 4000; // ms

async function call(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Error("The demo server cannot be reached.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `The demo server answered ${response.status}.`);
  return body;
}

const post = (path, body) =>
  call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

export const readState = () => call("/demo/state", { cache: "no-store" });
export const send = (message) => post("/demo/send", message);
export const tap = (press) => post("/demo/tap", press);
export const openApp = (app) => post("/demo/web_app", app);
export const edit = (message) => post("/demo/edit", message);

/** `upload`: {person_id, chat_id, kind, files, caption, reply_to, topic} */
export function upload(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (name === "files") for (const file of value) form.append("file", file, file.name || "image.png");
    else form.append(name, String(value));
  }
  return call("/demo/upload", { method: "POST", body: form });
}

/**
 * Keeps an event stream open for good. `onOpen` is called for every connection, the first included;
 * `onLost` once per loss.
 */
export function listen({ onOpen, onEvent, onLost }) {
  let wait = RETRY_FIRST;
  let lost = false;
  const connect = () => {
    const source = new EventSource("/demo/events");
    source.onopen = () => {
      wait = RETRY_FIRST;
      lost = false;
      onOpen();
    };
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    source.onerror = () => {
      // The browser gives up by itself after an HTTP error, so the retry is ours.
      source.close();
      if (!lost) onLost();
      lost = true;
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, RETRY_LONGEST);
    };
  };
  connect();
}
