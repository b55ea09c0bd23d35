// Hands on the timeline: drag and throw, pinch, wheel with Ctrl, double-click; the strip of all years is drawn
// along. The page's own scrolling is never caught.

const SLACK = 5; // px that a press may move and still be a click
const LATEST = 80; // ms of a drag that count for its speed

/** `moved` is called whenever the view is elsewhere, `pressed` with where somebody pressed no link. */
export function followHands(plot, view, { moved, pressed }) {
  const hands = new Map();
  let trail = [];
  let isDragging = false;

  // Asking where the plot is while it is drawn would have the browser lay out the page there and then.
  let left = 0;
  const measure = () => (left = plot.getBoundingClientRect().left);
  const place = (event) => event.clientX - left;
  for (const name of ["pointerenter", "pointerdown", "dblclick"]) plot.addEventListener(name, measure);
  new ResizeObserver(measure).observe(plot);

  plot.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    hands.set(event.pointerId, place(event));
    trail = [];
    isDragging &&= hands.size > 1;
    view.stop();
  });

  plot.addEventListener("pointermove", (event) => {
    const before = hands.get(event.pointerId);
    if (before === undefined) return;
    const x = place(event);
    if (!isDragging && hands.size === 1 && Math.abs(x - before) < SLACK) return;
    if (!isDragging) {
      isDragging = true;
      for (const id of hands.keys()) plot.setPointerCapture(id);
      plot.classList.add("is-dragged");
    }
    if (hands.size === 1) view.pan((before - x) / view.scale);
    else {
      const [other] = [...hands].filter(([id]) => id !== event.pointerId)[0].slice(1);
      pinch(view, [before, other], [x, other]);
    }
    hands.set(event.pointerId, x);
    trail.push([event.timeStamp, x]);
    moved();
  });

  const release = (event) => {
    if (!hands.delete(event.pointerId)) return;
    if (!isDragging || hands.size) return;
    plot.classList.remove("is-dragged");
    const recent = trail.filter(([time]) => event.timeStamp - time < LATEST);
    if (recent.length > 1) {
      const [[start, from], [end, to]] = [recent[0], recent.at(-1)];
      if (end > start) view.throw((from - to) / (end - start) / view.scale);
    }
    moved();
    // The click that follows a drag presses nothing.
    setTimeout(() => (isDragging = false));
  };
  plot.addEventListener("pointerup", release);
  plot.addEventListener("pointercancel", release);
  plot.addEventListener("dragstart", (event) => event.preventDefault());

  plot.addEventListener(
    "click",
    (event) => {
      if (!isDragging) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  plot.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.target.closest("a")) return;
    pressed(place(event), event.clientY - plot.getBoundingClientRect().top);
  });

  plot.addEventListener("dblclick", (event) => {
    if (event.target.closest("a")) return;
    view.zoom(event.shiftKey ? 0.4 : 2.5, place(event));
    moved();
  });

  plot.addEventListener(
    "wheel",
    (event) => {
      const unit = event.deltaMode ? 16 : 1;
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (event.ctrlKey || event.metaKey) {
        const turn = Math.max(-120, Math.min(120, event.deltaY * unit));
        view.zoom(Math.exp(-turn / 240), place(event), Math.abs(turn) > 40);
      } else if (isSideways) {
        view.pan(((event.deltaX || event.deltaY) * unit) / view.scale);
      } else return;
      event.preventDefault();
      moved();
    },
    { passive: false },
  );
}

/** The days that were under both fingers stay under them. */
function pinch(view, [oneBefore, otherBefore], [one, other]) {
  const apart = Math.abs(oneBefore - otherBefore);
  if (apart < 10) return;
  const middle = (oneBefore + otherBefore) / 2;
  view.zoom(Math.abs(one - other) / apart, middle, false);
  view.pan((middle - (one + other) / 2) / view.scale);
}

/** The strip takes the window along, or to where it is pressed. */
export function followStrip(strip, view, moved) {
  let grip = null;
  const day = (event) => {
    const box = strip.getBoundingClientRect();
    return view.whole[0] + ((event.clientX - box.left) / box.width) * (view.whole[1] - view.whole[0]);
  };
  const move = (event) => {
    view.stop();
    view.pan(day(event) - grip - view.start);
    moved();
  };
  strip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const pressed = day(event);
    const isInside = pressed >= view.start && pressed <= view.end;
    grip = isInside ? pressed - view.start : view.span / 2;
    strip.setPointerCapture(event.pointerId);
    move(event);
  });
  strip.addEventListener("pointermove", (event) => grip !== null && move(event));
  for (const name of ["pointerup", "pointercancel"]) {
    strip.addEventListener(name, () => {
      if (grip !== null) moved();
      grip = null;
    });
  }
}
