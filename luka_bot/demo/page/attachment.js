// The files that wait to be sent with the next message.

import { byId, el, icon } from "./dom.js";
import { fileSize } from "./time.js";

const ALBUM = 10; // files that go at once

const isPicture = (file) => file.type.startsWith("image/") && file.type !== "image/svg+xml";
const nameOf = (file) => file.name || "image.png";

function readAsDataUrl(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}

export class Attachment {
  #onChange;
  #picker = byId("file");
  files = [];
  asPhoto = false;
  #preview = null;

  constructor(onChange) {
    this.#onChange = onChange;
    this.#picker.addEventListener("change", () => this.take(this.#picker.files));
    byId("input").addEventListener("paste", (event) => this.#paste(event));
    this.#catchDrops(byId("chat"));
  }

  get isThere() {
    return this.files.length > 0;
  }

  choose() {
    this.#picker.click();
  }

  /** More files beside those that wait already. */
  async take(more) {
    const taken = [...more];
    this.#picker.value = ""; // or the same file could not be chosen twice
    if (taken.length === 0) return;
    this.files = [...this.files, ...taken];
    this.asPhoto = this.files.every(isPicture);
    this.#preview = this.asPhoto ? await readAsDataUrl(this.files[0]) : null;
    this.#onChange();
  }

  clear() {
    this.files = [];
    this.#preview = null;
    this.#onChange();
  }

  /** What goes at once: {kind, files}. */
  parcels() {
    const kind = this.asPhoto ? "photo" : "document";
    const starts = this.files.map((_, index) => index).filter((index) => index % ALBUM === 0);
    return starts.map((start) => ({ kind, files: this.files.slice(start, start + ALBUM) }));
  }

  /** The line above the composer. */
  card() {
    const picture = this.#preview ? el("img", { src: this.#preview, alt: "" }) : icon("file");
    const names = this.files.map(nameOf).join(", ");
    const size = fileSize(this.files.reduce((sum, file) => sum + file.size, 0));
    const [title, about] = this.files.length === 1 ? [names, size] : [`${this.files.length} files, ${size}`, names];
    return [
      el("span.thumb", {}, picture),
      el("span.context-text", {}, el("b", { dir: "auto" }, title), el("span", { dir: "auto" }, about)),
      this.#preview ? this.#kindSwitch() : null,
    ];
  }

  #kindSwitch() {
    const one = this.files.length === 1;
    const [asFile, asPhoto] = one ? ["Send as a file", "Send as a photo"] : ["Send as files", "Send as photos"];
    const button = el("button.kind", { type: "button" }, this.asPhoto ? asFile : asPhoto);
    button.addEventListener("click", () => {
      this.asPhoto = !this.asPhoto;
      this.#onChange();
    });
    return button;
  }

  #paste(event) {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0) return;
    event.preventDefault();
    this.take(files);
  }

  #catchDrops(area) {
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    area.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      area.classList.add("dropping");
    });
    area.addEventListener("dragleave", (event) => {
      if (!area.contains(event.relatedTarget)) area.classList.remove("dropping");
    });
    area.addEventListener("drop", (event) => {
      area.classList.remove("dropping");
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.take(event.dataTransfer.files);
    });
  }
}
