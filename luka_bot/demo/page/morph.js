// Makes a shown node equal to a new one in place, so that a growing answer keeps scroll, selection and focus.

const READER_STATE = "data-open"; // what the reader opened stays open while the text changes

function copyAttributes(shown, wanted) {
  for (const { name } of [...shown.attributes]) {
    if (name !== READER_STATE && !wanted.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

const sameKind = (shown, wanted) =>
  shown.nodeName === wanted.nodeName && (shown.nodeType !== Node.ELEMENT_NODE || shown.classList[0] === wanted.classList[0]);

function morphNode(shown, wanted) {
  if (shown.nodeType === Node.TEXT_NODE) {
    growText(shown, wanted.data);
    return;
  }
  copyAttributes(shown, wanted);
  morph(shown, wanted);
}

function growText(shown, text) {
  if (shown.data === text) return;
  // Appending leaves a selection in the text alone; assigning would drop it.
  if (text.startsWith(shown.data)) shown.appendData(text.slice(shown.data.length));
  else shown.data = text;
}

export function morph(shown, wanted) {
  const next = [...wanted.childNodes];
  const present = [...shown.childNodes];
  next.forEach((node, index) => {
    const old = present[index];
    if (!old) shown.append(node);
    else if (sameKind(old, node)) morphNode(old, node);
    else old.replaceWith(node);
  });
  present.slice(next.length).forEach((node) => node.remove());
}
