// Telegram's colours, as far as what is written in them can be read.

const READABLE = 4.5; // contrast, by WCAG AA
const COLOUR = /^#[0-9a-f]{6}$/iu;

function channels(colour) {
  const parts = COLOUR.test(colour) ? colour.slice(1).match(/../gu).map((part) => parseInt(part, 16)) : colour.match(/[\d.]+/gu).slice(0, 3).map(Number);
  return parts.map((part) => part / 255);
}

function luminance(colour) {
  const [red, green, blue] = channels(colour).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** A colour of our own as it is in the scheme that holds. */
function ours(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** params: as Telegram names them; whatever is missing or unreadable stays ours. */
export function dress(params) {
  const root = document.documentElement;
  const given = (...names) => names.map((name) => params[name]).find((colour) => COLOUR.test(colour ?? ""));
  const card = given("section_bg_color", "bg_color");
  const ink = given("text_color");
  if (!card || !ink || contrast(card, ink) < READABLE) return;
  root.dataset.scheme = luminance(card) < 0.18 ? "dark" : "light";
  const ground = given("secondary_bg_color", "bg_color");
  const grounds = [card, contrast(ground, ink) < READABLE ? card : ground];
  const readable = (colour, behind) => behind.every((each) => contrast(colour, each) >= READABLE);
  const set = (name, colour) => colour && root.style.setProperty(name, colour);
  set("--card", card);
  set("--ground", grounds[1]);
  set("--side", grounds[1]);
  set("--ink", ink);
  set("--dim", [given("subtitle_text_color", "hint_color"), ours("--dim"), ink].find((one) => one && readable(one, grounds)));
  const [button, on] = [given("button_color"), given("button_text_color")];
  if (button && on && readable(button, [on, ...grounds])) {
    set("--accent", button);
    set("--on-accent", on);
  }
}
