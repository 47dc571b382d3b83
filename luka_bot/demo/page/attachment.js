// The one file that waits to be sent with the next message.

import { byId, el, icon } from "./dom.js";
import { fileSize } from "./time.js";

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
  file = null;
  asPhoto = false;
  #preview = null;

  constructor(onChange) {
    this.#onChange = onChange;
    this.#picker.addEventListener("change", () => this.take(this.#picker.files[0]));
    byId("input").addEventListener("paste", (event) => this.#paste(event));
    this.#catchDrops(byId("chat"));
  }

  choose() {
    this.#picker.click();
  }

  async take(file) {
    if (!file) return;
    this.file = file;
    this.asPhoto = file.type.startsWith("image/") && file.type !== "image/svg+xml";
    this.#preview = this.asPhoto ? await readAsDataUrl(file) : null;
    this.#onChange();
  }

  clear() {
    this.file = null;
    this.#preview = null;
    this.#picker.value = "";
    this.#onChange();
  }

  /** The line above the composer. */
  card() {
    const picture = this.#preview ? el("img", { src: this.#preview, alt: "" }) : icon("file");
    return [
      el("span.thumb", {}, picture),
      el("span.context-text", {}, el("b", { dir: "auto" }, this.file.name || "image.png"), el("span", {}, fileSize(this.file.size))),
      this.#preview ? this.#kindSwitch() : null,
    ];
  }

  #kindSwitch() {
    const label = this.asPhoto ? "Send as a file" : "Send as a photo";
    const button = el("button.kind", { type: "button" }, label);
    button.addEventListener("click", () => {
      this.asPhoto = !this.asPhoto;
      this.#onChange();
    });
    return button;
  }

  #paste(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.take(file);
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
      this.take(event.dataTransfer.files[0]);
    });
  }
}
