// Brings a node's children to what they should be, and leaves alone those that are so already: what
// somebody has marked, or scrolled, stays.

export function morph(node, wanted) {
  const [before, after] = [[...node.childNodes], [...wanted.childNodes]];
  after.forEach((child, place) => {
    const there = before[place];
    if (!there) node.append(child);
    else if (!there.isEqualNode(child)) there.replaceWith(child);
  });
  for (const rest of before.slice(after.length)) rest.remove();
}
