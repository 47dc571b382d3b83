// The height that a keyboard on the screen leaves; some browsers lay it over the page.

const room = window.visualViewport;

function fit() {
  document.documentElement.style.setProperty("--height", `${Math.round(room.height)}px`);
  if (room.offsetTop) window.scrollTo(0, 0);
}

export function followKeyboard() {
  if (!room) return;
  room.addEventListener("resize", fit);
  room.addEventListener("scroll", fit);
  fit();
}
