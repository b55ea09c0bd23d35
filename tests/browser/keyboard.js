// What test_keyboard.py asks of a page while the focus goes over it; every page has it before its own scripts.
window.keyboard = (() => {
  const INTERACTIVE =
    "a[href], :is(button, input, select, textarea):enabled:not([type=hidden]), summary, [tabindex='0']";
  const LOOKS = ["outline", "backgroundColor", "boxShadow", "borderColor", "textDecorationLine"];
  const stops = [];
  const faults = [];
  let lookThere = "";

  const blame = (element, what) => {
    const tag = element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
    faults.push(`${what}: ${tag}`);
  };

  const lookOf = (element) => {
    const style = getComputedStyle(element);
    return LOOKS.map((part) => style[part]).join();
  };

  const isDrawn = ({ width, height }) => width > 0 && height > 0;

  /** A link in a drawing has no box of its own, but its parts have. */
  const boxesOf = (element) => {
    const parts = element instanceof SVGElement ? [...element.children] : [];
    return [element, ...parts].flatMap((part) => [...part.getClientRects()]).filter(isDrawn);
  };

  /** What of a box is in the window. */
  const shownOf = ({ left, top, right, bottom }) => {
    const [x, y] = [Math.max(left, 0), Math.max(top, 0)];
    return new DOMRect(x, y, Math.min(right, innerWidth) - x, Math.min(bottom, innerHeight) - y);
  };

  /** As much as the least target has: of a field that is written in, Chromium brings no more than the line. */
  const isInWindow = (element) => {
    const whole = element.getBoundingClientRect();
    const shown = shownOf(whole);
    const isEnough = (part, all) => part >= Math.min(all, 24) - 1;
    return isEnough(shown.width, whole.width) && isEnough(shown.height, whole.height);
  };

  const isOnTop = (element, { left, top, width, height }) => {
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  };

  /** Whether whatever scrolls or cuts leaves three sides of the line around it. */
  const hasItsLine = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const out = parseFloat(getComputedStyle(element).outlineOffset) + 1;
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      if (getComputedStyle(above).overflow === "visible") continue;
      const frame = above.getBoundingClientRect();
      const room = [left - frame.left, top - frame.top, frame.right - right, frame.bottom - bottom];
      if (room.filter((side) => side < out).length > 1) return false;
    }
    return true;
  };

  const judge = (element) => {
    const boxes = boxesOf(element);
    if (!boxes.length) blame(element, "has no size");
    else if (!isInWindow(element)) blame(element, "is out of the window");
    else if (!boxes.some((box) => isOnTop(element, shownOf(box)))) blame(element, "is covered");
    if (!hasItsLine(element)) blame(element, "has its line cut off");
  };

  /** The card of an event comes a moment after the focus, and is gone through next. */
  const cardComes = async (link) => {
    const end = performance.now() + 5000;
    while (!document.querySelector(".tl-card a") && performance.now() < end) await new Promise(requestAnimationFrame);
    if (performance.now() >= end) blame(link, "has no card");
  };

  /** After every change of the focus: whether it came to something new on the page. */
  const step = async () => {
    const before = stops.at(-1);
    const element = document.activeElement;
    if (before && before !== element && lookOf(before) === lookThere) blame(before, "looks the same without focus");
    if (element === document.body || element === stops[0]) return false;
    if (stops.includes(element)) {
      blame(element, "is come back to");
      return false;
    }
    stops.push(element);
    lookThere = lookOf(element);
    judge(element);
    if (element.matches(".tl-event")) await cardComes(element);
    return true;
  };

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    boxesOf(element).some(({ right, bottom }) => right + scrollX > 0 && bottom + scrollY > 0);

  /** One stop is enough where arrows go on from it. */
  const isOneOfGroup = (element) => {
    if (element.type === "radio") return stops.some((stop) => stop.type === "radio" && stop.name === element.name);
    const timeline = element.tabIndex === -1 && element.closest(".tl-plot")?.closest("cubaru-timeline");
    return Boolean(timeline) && stops.some((stop) => timeline.contains(stop));
  };

  const hrefOf = (element) => element.getAttribute("href");

  const isRepeated = (element) =>
    element.tabIndex === -1 && hrefOf(element) !== null && stops.some((stop) => hrefOf(stop) === hrefOf(element));

  const missed = () =>
    [...document.querySelectorAll(INTERACTIVE)].filter(
      (element) => !stops.includes(element) && isShown(element) && !isOneOfGroup(element) && !isRepeated(element),
    );

  const findings = () => {
    for (const element of missed()) blame(element, "is not reached");
    return faults;
  };

  return { step, findings, faults, stops };
})();
