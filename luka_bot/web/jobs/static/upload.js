// Files by drag and drop, each with a bar. Without this the form sends them by itself.

const form = document.getElementById("hand-in");

if (form) {
  const input = form.querySelector("#files");
  const list = form.querySelector("#chosen");
  const drop = form.querySelector("#drop");
  const wrong = document.getElementById("wrong");
  let chosen = [];

  input.addEventListener("change", () => add(input.files));
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  function add(files) {
    say("");
    for (const file of files) {
      if (file.size > Number(form.dataset.limit)) say(`${file.name}: ${form.dataset.tooBig}`);
      else if (chosen.length >= Number(form.dataset.most)) say(form.dataset.tooMany);
      else chosen.push(file);
    }
    input.value = "";
    draw();
  }

  function draw() {
    list.replaceChildren(...chosen.map((file) => {
      const item = document.createElement("li");
      const bar = document.createElement("progress");
      const remove = document.createElement("button");
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      remove.type = "button";
      remove.className = "plain";
      remove.textContent = form.dataset.remove;
      remove.setAttribute("aria-label", `${form.dataset.remove}: ${file.name}`);
      remove.addEventListener("click", () => {
        chosen = chosen.filter((one) => one !== file);
        draw();
        input.focus();
      });
      item.append(file.name, bar, remove);
      return item;
    }));
  }

  function send() {
    say("");
    const body = new FormData(form); // the files last: what they belong to is read first
    body.delete("files");
    for (const file of chosen) body.append("files", file);
    const call = new XMLHttpRequest();
    call.upload.onprogress = ({ loaded, total }) => progress(loaded, total);
    call.onload = () => {
      if (call.status < 400) location.assign(call.responseURL);
      else refused(call.responseText);
    };
    call.onerror = () => refused("");
    call.open("POST", form.action);
    busy(true);
    call.send(body);
  }

  // Files go one after another, so that what was sent says how far each of them is.
  function progress(loaded, total) {
    let sent = loaded - (total - chosen.reduce((sum, file) => sum + file.size, 0));
    for (const bar of list.querySelectorAll("progress")) {
      bar.value = Math.max(0, Math.min(bar.max, sent));
      sent -= bar.max;
    }
  }

  function refused(html) {
    busy(false);
    progress(0, 0);
    const page = new DOMParser().parseFromString(html, "text/html");
    const told = page.querySelector("#wrong:not([hidden])") ?? page.querySelector("main h1");
    say(told?.textContent.trim() || form.dataset.failed);
  }

  function busy(is) {
    for (const button of form.querySelectorAll("button")) button.disabled = is;
    form.setAttribute("aria-busy", String(is));
  }

  function say(text) {
    wrong.textContent = text;
    wrong.hidden = !text;
    if (text) wrong.scrollIntoView({ block: "nearest" });
  }
}
