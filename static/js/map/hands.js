// Hands on the map: drag, pinch, wheel with Ctrl, double-click. The page's own scrolling is never caught: one
// finger moves the map sideways only, two move it anywhere.
const SLACK = 5; // px that a press may move and still be a click

export function followHands(frame, view) {
  const hands = new Map();
  let isDragging = false;

  const part = ([x, y]) => {
    const box = frame.getBoundingClientRect();
    return [(x - box.left) / box.width, (y - box.top) / box.height];
  };
  const place = (event) => [event.clientX, event.clientY];

  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    hands.set(event.pointerId, place(event));
    isDragging &&= hands.size > 1;
  });

  frame.addEventListener("pointermove", (event) => {
    const before = hands.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    if (!isDragging && hands.size === 1 && apart(before, now) < SLACK) return;
    if (!isDragging) {
      isDragging = true;
      for (const id of hands.keys()) frame.setPointerCapture(id);
      frame.classList.add("is-dragged");
    }
    const others = [...hands].filter(([id]) => id !== event.pointerId);
    const [from, to] = others.length
      ? pinch(view, before, now, others[0][1], part)
      : [part(before), part(now)];
    view.pan(from[0] - to[0], from[1] - to[1]);
    hands.set(event.pointerId, now);
  });

  const release = (event) => {
    if (!hands.delete(event.pointerId) || !isDragging || hands.size) return;
    frame.classList.remove("is-dragged");
    // The click that follows a drag presses nothing.
    setTimeout(() => (isDragging = false));
  };
  frame.addEventListener("pointerup", release);
  frame.addEventListener("pointercancel", release);
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener(
    "click",
    (event) => {
      if (!isDragging) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  frame.addEventListener("dblclick", (event) => {
    if (event.target.closest("a")) return;
    view.zoom(event.shiftKey ? 0.4 : 2.5, ...part(place(event)));
  });

  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const turn = Math.max(-120, Math.min(120, event.deltaY * (event.deltaMode ? 16 : 1)));
      view.zoom(Math.exp(-turn / 240), ...part(place(event)), false);
    },
    { passive: false },
  );
}

/** Zooms by two fingers; what is left is where the middle between them went. */
function pinch(view, before, now, other, part) {
  const middles = [middle(before, other), middle(now, other)].map(part);
  const [was, is] = [apart(before, other), apart(now, other)];
  if (was > 10) view.zoom(is / was, ...middles[0], false);
  return middles;
}

const apart = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
const middle = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2];
