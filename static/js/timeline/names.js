// Names and marks of events: where each stands, and how it glides there. While anything moves they are written on
// the canvas, which costs a fraction of moving elements; when all rests they are links. One that has the focus
// stays a link throughout.
import { eventLinks, make, move, tell } from "./links.js";
import { LONGEST, ROW, anchorOf, isLong } from "./placing.js";
import { byTime } from "./tiles.js";

const GLIDE = 55; // ms in which a name covers two thirds of what is left to its place
const FOOT = 58; // px from the top of a name on the stage to its end
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Names {
  constructor(instrument) {
    this.instrument = instrument;
    this.list = make("ol", "tl-events tl-written");
    this.links = eventLinks(this.list, instrument.words);
    this.placed = new Map();
    this.heights = new Map();
    this.isGliding = false;
  }

  /** New places: what stood somewhere glides from there, all else is there at once. */
  take(placed) {
    const { form } = this.instrument.geometry;
    const heights = new Map();
    for (const [event, place] of placed) {
      place.y = form === "lanes" ? place.top : place.row * ROW.stage;
      heights.set(event, this.heights.get(event) ?? place.y);
    }
    this.placed = placed;
    this.heights = heights;
  }

  step(ms) {
    const share = calm.matches ? 1 : 1 - Math.exp(-ms / GLIDE);
    this.isGliding = false;
    for (const [event, { y, isNamed }] of this.placed) {
      const left = (y - this.heights.get(event)) * (1 - share);
      this.heights.set(event, Math.abs(left) < 0.5 ? y : y - left);
      if (isNamed && Math.abs(left) >= 0.5) this.isGliding = true;
    }
  }

  /** The event that a slug names, wherever it is known from. */
  eventOf(slug) {
    return [...this.placed.keys()].find((event) => event.slug === slug) ?? this.links.used.get(slug)?.data;
  }

  // On the canvas ---------------------------------------------------------------------------------------

  /** Bars, leaders and marks; and the names, unless links say them. */
  draw(isStill) {
    const { geometry } = this.instrument;
    const focused = this.#focused()?.data;
    for (const [event, place] of this.placed) {
      const isLink = isStill || event === focused;
      if (geometry.form === "lanes") this.#drawInRow(event, place, isLink);
      else this.#drawOnStage(event, place, isLink);
    }
  }

  #drawInRow(event, place, isLink) {
    const { drawing, lettering, view, width } = this.instrument;
    const y = this.heights.get(event);
    drawing.span(view, event, y + 21, 6);
    if (isLink) return;
    const x = this.#along(event, place);
    const reach = this.#widthInRow(event);
    if (x > width + reach || x < -reach) return;
    if (place.isNamed) lettering.nameInRow(event, x, y, place.side === "before");
    else drawing.mark(event.lane, x, y + 10);
  }

  #drawOnStage(event, place, isLink) {
    const { drawing, lettering, view, width, config, barTop } = this.instrument;
    const x = view.x(anchorOf(event));
    const isOut = x < -20 || x > width + 20;
    const y = this.heights.get(event);
    const foot = barTop(anchorOf(event));
    if (place.isNamed && !isOut) {
      if (config.view === "together" && isLong(event)) drawing.span(view, event, y + 2, 4);
      drawing.leader(x, y + 2, foot);
    }
    if (place.isNamed && !isLink) {
      const isEnd = place.side === "before";
      const reach = event.boxWidth + 40;
      if (x > -reach && x < width + reach) lettering.nameOnStage(event, isEnd ? x - 8 : x + 8, y, isEnd);
    }
    if (isOut) return;
    if (config.view === "lanes") drawing.disc("red", x, foot, 5.5);
    else if (!place.isNamed && !isLink) drawing.mark(event.lane, x, foot);
  }

  // Where they stand ------------------------------------------------------------------------------------

  #widthInRow(event) {
    return event.dateWidth + 28 + Math.min(event.nameWidth, LONGEST);
  }

  /** In a row, what stands at the very edge is moved in, so that its mark is whole; names stay with their bar. */
  #along(event, place) {
    const { view, width } = this.instrument;
    const x = view.x(anchorOf(event));
    // The name of what began before the window stays in view while its bar does.
    if (x < 9 && isLong(event) && place.isNamed) {
      return Math.min(Math.max(x, 9), Math.max(x, view.x(event.end) - this.#widthInRow(event) + 9));
    }
    return x > -1 && x < width + 1 ? Math.min(Math.max(x, 10), width - 10) : x;
  }

  /** The event whose bar or name is drawn at a place of the plot. */
  at(x, y) {
    const { geometry, view } = this.instrument;
    const isThere = ([event, place]) => {
      const top = this.heights.get(event);
      const isLanes = geometry.form === "lanes";
      if (y < top || y >= top + (isLanes ? ROW.lanes : FOOT)) return false;
      if (isLanes && isLong(event) && view.day(x) >= event.start && view.day(x) <= event.end) return true;
      if (!place.isNamed) return false;
      const wide = isLanes ? this.#widthInRow(event) : Math.max(event.dateWidth, event.boxWidth) + 8;
      const from = isLanes ? this.#along(event, place) : view.x(anchorOf(event));
      return place.side === "before" ? x > from - wide && x < from + 8 : x > from - 8 && x < from + wide;
    };
    return [...this.placed].find(isThere)?.[0];
  }

  inView() {
    const { view } = this.instrument;
    return [...this.placed].filter(([event, place]) => place.isNamed && event.start > view.start - 0.5 && event.start < view.end - 0.5).length;
  }

  /** The first or the last event that shows in the window. */
  atEnd(isLast) {
    const { view } = this.instrument;
    const shown = [...this.placed.keys()].filter((event) => event.end > view.start && event.start < view.end);
    return shown.sort(byTime).at(isLast ? -1 : 0);
  }

  // As links --------------------------------------------------------------------------------------------

  #focused() {
    const { activeElement } = document;
    const item = this.links.used.get(activeElement?.dataset.slug);
    return item?.link === activeElement ? item : undefined;
  }

  /** Links take the place of what was written; `current` is the one that Tab stops at. Gives the current one. */
  show(isStill, current) {
    const stay = this.#focused();
    if (!isStill) {
      if (stay) this.#stand(stay);
      return current;
    }
    const wanted = new Map([...this.placed.keys()].sort(byTime).map((event) => [event.slug, event]));
    if (stay && !wanted.has(stay.data.slug)) wanted.set(stay.data.slug, stay.data);
    this.links.show(wanted, stay);
    const first = wanted.has(current) ? current : [...wanted.keys()][0];
    for (const [slug, item] of this.links.used) {
      item.link.tabIndex = slug === first ? 0 : -1;
      this.#stand(item);
    }
    return first;
  }

  /** Gives the focus to an event as soon as it is in view, which makes a link of it; false until then. */
  focus(slug) {
    const { view } = this.instrument;
    const event = slug && this.eventOf(slug);
    if (!this.placed.has(event) || event.start >= view.end || event.end <= view.start) return false;
    const { used } = this.links;
    if (!used.has(slug)) {
      this.links.show(new Map([...[...used].map(([name, { data }]) => [name, data]), [slug, event]]), this.#focused());
    }
    const item = used.get(slug);
    for (const other of used.values()) other.link.tabIndex = other === item ? 0 : -1;
    this.#stand(item);
    item.link.style.visibility = "visible"; // what is hidden takes no focus
    item.link.focus({ preventScroll: true });
    item.link.style.visibility = "";
    return true;
  }

  #stand(item) {
    const { view, geometry, barTop } = this.instrument;
    const event = item.data;
    const place = this.placed.get(event);
    this.#dress(item, place);
    if (!place) return;
    const isLanes = geometry.form === "lanes";
    const x = isLanes ? this.#along(event, place) : view.x(anchorOf(event));
    const y = this.heights.get(event);
    let by = `-12px,${(isLanes ? y - 2 : barTop(anchorOf(event)) - 12).toFixed(1)}px`;
    // A name before its mark ends there, however wide it is.
    if (place.isNamed && isLanes) by = place.side === "before" ? `calc(8px - 100%),${y}px` : `-8px,${y}px`;
    else if (place.isNamed) by = place.side === "before" ? `calc(-8px - 100%),${y}px` : `8px,${y}px`;
    const along = `${x.toFixed(1)}px`;
    if (item.along !== along) item.link.style.translate = item.along = along;
    move(item, "in", item.link, `translate(${by})`);
  }

  #dress(item, place) {
    const state = place ? (place.isNamed ? "named" : "bare") : "away";
    if (item.state !== state) item.link.dataset.state = item.state = state;
    const side = place?.side === "before" ? "before" : "after";
    if (item.side !== side) item.link.dataset.side = item.side = side;
    const isOnStage = state === "named" && this.instrument.geometry.form === "stage";
    const box = isOnStage ? item.data.boxWidth : 0;
    if (item.box !== box) item.title.style.width = (item.box = box) ? `${box}px` : "";
    // Browsers leave out the three dots of lines that end at the right: the name is cut here.
    const lines = isOnStage ? this.instrument.lettering.linesOf(item.data) : [];
    tell(item, lines.at(-1)?.endsWith("…") ? lines.join(" ") : item.data.title, this.instrument.words);
  }
}
