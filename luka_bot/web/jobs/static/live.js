// The part of a page that changes, kept as it is by now. Without this a reload does it.

const live = document.getElementById("live");
const GAP = 400; // ms between two looks
let looking = false;
let again = false;
let source = null;

if (live) {
  document.addEventListener("visibilitychange", listen);
  listen();
}

// A page that nobody sees takes up no connection; shown again, it looks at once.
function listen() {
  if (document.hidden) {
    source?.close();
    source = null;
    return;
  }
  if (source) return;
  source = new EventSource("/jobs/news");
  source.onmessage = ({ data }) => {
    if (data !== "queue" || live.querySelector("[data-waits]")) look();
  };
  source.onopen = look; // what was said before it was open went unheard
}

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  try {
    const answer = await fetch(location.href, { headers: { "Luka-Part": "1" } });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch {
    // Away for now: the events come again when it is back, and then we look.
  }
  await new Promise((done) => setTimeout(done, GAP));
  looking = false;
  if (again) {
    again = false;
    look();
  }
}

function show(html) {
  const next = document.createElement("template");
  next.innerHTML = html;
  if (next.innerHTML === live.dataset.shown) return;
  live.dataset.shown = next.innerHTML;
  const kept = [...live.querySelectorAll("input[id]")].map(({ id, value }) => [id, value]);
  const open = [...live.querySelectorAll("details[open][id]")].map(({ id }) => id);
  const focus = document.activeElement;
  const selector = live.contains(focus) ? pathTo(focus) : "";
  const before = live.querySelector("[data-says]")?.dataset.says;
  live.replaceChildren(next.content);
  for (const [id, value] of kept) if (document.getElementById(id)) document.getElementById(id).value = value;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (selector) live.querySelector(selector)?.focus();
  const says = live.querySelector("[data-says]")?.dataset.says;
  if (says && says !== before) document.getElementById("said").textContent = says;
}

// By what the same link, button or field is found once the part has been put in anew.
function pathTo(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  for (const name of ["aria-label", "href"]) {
    const value = element.getAttribute(name);
    if (value) return `[${name}="${CSS.escape(value)}"]`;
  }
  return "";
}
