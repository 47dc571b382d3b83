// Where in the conversation one reads: at its end one follows what comes, elsewhere one stays.

import { el, iconButton } from "./dom.js";
import { t } from "./words.js";

const NEAR = 120; // px from the end within which one reads along
const SHOWN_MS = 1600; // that a message to which a quote leads is marked

export class Scroller {
  /** read(): they have come to the end. more(): they want what was said earlier. */
  constructor(read, more) {
    this.read = read;
    this.count = 0;
    this.older = el("button.quiet.older", { type: "button", hidden: true, onclick: more, textContent: t("app.older") });
    this.number = el("span.unread", { "aria-hidden": "true", hidden: true });
    this.down = iconButton("down", t("app.to_end"), () => this.toEnd(), "button.round.down");
    this.down.append(this.number);
    this.down.hidden = true;
    this.inside = el("div.inside");
    this.node = el("div.scroller", {}, this.inside);
    this.isNear = true;
    this.node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.room = new ResizeObserver(() => this.isNear && this.toEnd());
    this.room.observe(this.node);
  }

  fill(...nodes) {
    this.inside.append(this.older, ...nodes);
  }

  close() {
    this.room.disconnect();
  }

  /** line: above what is new, if something is. */
  begin(line) {
    if (line) line.scrollIntoView({ block: "center" });
    else this.toEnd();
    this.#scrolled();
  }

  /** isNews: it counts for those who read elsewhere. */
  follow(isNews = false) {
    if (this.isNear) this.toEnd();
    else if (isNews) this.#counted(this.count + 1);
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.isNear = true;
    this.#counted(0);
    this.down.hidden = true;
  }

  show(node) {
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("shown");
    setTimeout(() => node.classList.remove("shown"), SHOWN_MS);
  }

  /** What is read stays where it is while something is put above it. */
  hold(work) {
    const below = this.node.scrollHeight - this.node.scrollTop;
    work();
    this.node.scrollTop = this.node.scrollHeight - below;
  }

  #counted(count) {
    this.count = count;
    this.number.textContent = count > 99 ? "99+" : String(count);
    this.number.hidden = count === 0;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    this.isNear = scrollHeight - scrollTop - clientHeight < NEAR;
    this.down.hidden = this.isNear;
    if (!this.isNear) return;
    this.#counted(0);
    this.read();
  }
}
