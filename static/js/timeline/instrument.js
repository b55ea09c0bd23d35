// The instrument: one loop that moves the view, gets the tiles it needs, places names and draws. It works on
// what `element.js` gives it and tells it when the view rests.
import { Axis } from "./axis.js";
import { Drawing } from "./drawing.js";
import { LANES, formOf, geometryOf, rowsFor } from "./geometry.js";
import { eventLinks, make, move, showIf } from "./links.js";
import { LONGEST, ROW, anchorOf, isLong, measure, placeInRows, placeOnStage } from "./placing.js";
import { byTime, countIn, tileDays } from "./tiles.js";

const WIDEST_TILE = 400;
const NARROWEST_TILE = 190;
const STEADY = 90; // ms for which a level must hold before its tiles are asked for
const REST = 140; // ms without motion after which the view rests
const WIDEST_BAR = 160; // px: a bar that is wider says nothing beside the names
const STEPS = 2; // to an octave of the zoom, while it moves, at which names are placed anew
const TURN = 220; // ms in which one form becomes another

export class Instrument {
  constructor(plot, { config, view, tiles, words, onframe, onrest, onshape }) {
    Object.assign(this, { plot, config, view, tiles, words, onframe, onrest, onshape });
    const style = getComputedStyle(document.documentElement);
    const [sans, condensed] = ["--sans", "--condensed"].map((name) => style.getPropertyValue(name));
    this.fonts = { name: `500 13.5px ${sans}`, date: `800 17px ${condensed}` };
    this.canvas = plot.appendChild(make("canvas", "tl-canvas"));
    this.canvas.setAttribute("aria-hidden", "true");
    this.drawing = new Drawing(this.canvas, LANES);
    this.list = make("ol", "tl-events");
    this.links = eventLinks(this.list, words);
    this.axis = new Axis(plot, this);
    this.placed = new Map();
    this.most = 0;
    this.level = 0;
    this.turned = 1;
    this.bounds = [0, 0];
    this.frame = this.frame.bind(this);
  }

  /** Something has changed: the loop runs until all is at rest again. */
  wake() {
    clearTimeout(this.resting);
    if (this.running) return;
    this.running = true;
    this.last = performance.now();
    requestAnimationFrame(this.frame);
  }

  frame(now) {
    const ms = Math.min(Math.max(now - this.last, 1), 60);
    this.last = now;
    const moved = this.view.step(ms);
    const turning = this.turned < 1;
    this.turned = Math.min(1, this.turned + ms / TURN);
    const settling = this.update(ms);
    this.hasMoved ||= moved;
    if (moved || turning || settling) {
      this.isResting = false;
      requestAnimationFrame(this.frame);
      return;
    }
    this.running = false;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), REST);
  }

  /** Nothing moves: names that the edge would cut find another place, and the page is told. */
  rest() {
    if (!this.isResting) {
      this.isResting = true;
      this.update(1000);
    }
    // Who only looks at the page needs no more of it than is seen.
    this.tiles.prefetch(this.level, this.view.start, this.view.end, this.hasMoved);
    this.onrest();
  }

  resize(width) {
    this.view.width = width;
    this.width = width;
    this.laidOut = "";
    this.wake();
  }

  /** True as long as the bars still grow or shrink. */
  update(ms) {
    const { view } = this;
    this.chooseLevel();
    this.fetch();
    this.collect();
    this.lay();
    const target = Math.max(...this.bars.map((bar) => (view.x(bar.end) > 0 && view.x(bar.start) < view.width ? bar.count : 0)), 0);
    const change = (target - this.most) * (1 - Math.exp(-ms / 80));
    this.most = Math.abs(target - this.most) < target * 0.01 || !this.most ? target : this.most + change;
    this.draw();
    this.position();
    this.giveFocus();
    this.onframe();
    return this.most !== target;
  }

  chooseLevel() {
    const wide = () => tileDays(this.level) * this.view.scale;
    const before = this.level;
    while (wide() > WIDEST_TILE && this.level < 17) this.level += 1;
    while (wide() < NARROWEST_TILE && this.level > 0) this.level -= 1;
    if (this.level !== before) this.changed = performance.now();
  }

  fetch() {
    const { view } = this;
    const ask = () => this.tiles.want(this.level, view.start, view.end);
    if (this.tiles.has(this.level, view.start, view.end)) return;
    clearTimeout(this.asking);
    if (performance.now() - (this.changed ?? 0) > STEADY) ask();
    else this.asking = setTimeout(ask, STEADY);
  }

  /** The events and bars of the tiles in view; the same as before unless a tile came or went. */
  collect() {
    const { view, tiles } = this;
    const indices = tiles.indices(this.level, view.start, view.end);
    const wide = tileDays(this.level);
    const [from, to] = [indices[0] * wide, (indices.at(-1) + 1) * wide];
    const key = `${this.level}/${from}/${to}/${tiles.version}`;
    if (key === this.collected) return;
    this.collected = key;
    this.loaded = [from, to];
    const { events, bars } = tiles.shown(this.level, from, to);
    this.events = events.sort(byTime);
    this.bars = bars;
    this.laneMost = Math.max(...bars.flatMap((bar) => Object.values(bar.lanes)), 1);
    for (const event of events) measure(event, this.drawing.context, this.fonts);
  }

  /** Works out where names stand, once for each step of the zoom and each set of events. */
  lay() {
    const { view, config } = this;
    const form = formOf({ width: this.width, view: config.view, span: view.aim.span, last: this.geometry?.form });
    const rows = this.rowsOfLanes(form);
    const shape = `${form}/${config.view}/${rows}`;
    if (shape !== this.shape) {
      this.old = this.geometry;
      this.geometry = geometryOf({ form, view: config.view, rows, height: config.height });
      this.turned = this.old ? 0 : 1;
      if (this.shape?.split("/")[0] !== form) this.placed = new Map();
      this.shape = shape;
      this.plot.dataset.form = form;
      this.plot.style.height = `${this.geometry.height}px`;
      this.drawing.resize(this.width, this.geometry.height);
      this.onshape();
    } else if (this.drawing.width !== this.width) this.drawing.resize(this.width, this.geometry.height);
    const step = Math.floor(Math.log2(view.scale) * STEPS);
    const window = this.isResting ? `${view.start}/${view.span}` : "";
    const key = [shape, step, this.collected, window, this.width].join("|");
    const isSettled = !this.isResting && this.laidOut?.split("|").slice(0, 3).join("|") === key.split("|").slice(0, 3).join("|");
    if (key === this.laidOut || (isSettled && this.laidOut)) return;
    const scale = this.isResting ? view.scale : 2 ** (step / STEPS);
    const free = this.isResting ? [view.start * scale, view.end * scale] : [view.whole[0] * scale, view.whole[1] * scale];
    const common = { scale, bounds: free, before: this.placed, isCloser: scale >= (this.laidScale ?? 0) };
    this.laidScale = scale;
    this.laidOut = key;
    this.placed = this.place(common);
    this.showLinks();
  }

  /** How many rows each lane has: shared out anew whenever the view has come to rest. */
  rowsOfLanes(form) {
    const { view, config } = this;
    if (form !== "lanes") return [];
    const isSame = this.geometry?.form === form && this.rowsLane === config.lane;
    if (isSame && !this.isResting) return this.rows;
    const near = this.events.filter((event) => event.end > view.start && event.start < view.end);
    this.rowsLane = config.lane;
    const lanes = this.events.some((event) => !event.lane) ? [...LANES, ""] : LANES;
    const counts = lanes.map((lane) => near.filter((event) => event.lane === lane).length);
    this.rows = rowsFor(counts, config.lane, config.height);
    return this.rows;
  }

  place(common) {
    const { geometry, config, view } = this;
    if (geometry.form === "spine") return new Map();
    const margin = this.isResting ? 0 : view.span / 2;
    const near = this.events.filter((event) => event.end > view.start - margin && event.start < view.end + margin);
    if (geometry.form === "stage") {
      const isOverview = config.view === "lanes";
      return placeOnStage(near, { ...common, rows: geometry.rows, most: isOverview ? 14 : 30, withMarks: !isOverview });
    }
    const placed = new Map();
    for (const lane of geometry.lanes) {
      if (!lane.rows) continue;
      const own = near.filter((event) => event.lane === lane.name);
      for (const [event, place] of placeInRows(own, { ...common, rows: lane.rows })) {
        const top = lane.names + place.row * ROW.lanes;
        placed.set(event, { ...place, top, was: this.placed.get(event)?.top ?? top });
      }
    }
    return placed;
  }

  showLinks() {
    // Whatever moves, the link that has the focus keeps it.
    const stay = [...this.links.used.values()].find((item) => item.link === document.activeElement);
    const wanted = new Map();
    for (const event of this.events) {
      if (this.placed.has(event) || event === stay?.data) wanted.set(event.slug, event);
    }
    this.links.show(wanted, stay);
    if (!wanted.has(this.current)) this.current = [...wanted.keys()][0];
    for (const [slug, item] of this.links.used) {
      const place = this.placed.get(item.data);
      const state = place ? (place.isNamed ? "named" : "bare") : "away";
      if (item.state !== state) item.link.dataset.state = item.state = state;
      item.link.tabIndex = slug === this.current ? 0 : -1;
      if (place?.isNamed && this.geometry.form === "stage" && item.box !== item.data.boxWidth) {
        item.box = item.data.boxWidth;
        item.title.style.width = `${item.box}px`;
      } else if (this.geometry.form !== "stage" && item.box) {
        item.box = 0;
        item.title.style.width = "";
      }
    }
    this.plot.tabIndex = wanted.size || this.geometry.form === "spine" ? -1 : 0;
  }

  /** Gives the focus to an event as soon as it is shown. */
  focusOn(slug) {
    this.current = this.sought = slug;
    this.wake();
  }

  giveFocus() {
    if (this.focusEnd && this.isResting) {
      const shown = [...this.placed.keys()].filter((event) => event.end > this.view.start && event.start < this.view.end);
      const event = shown.sort(byTime).at(this.focusEnd === "first" ? 0 : -1);
      this.focusEnd = "";
      if (event) this.focusOn(event.slug);
    }
    const item = this.links.used.get(this.sought);
    if (!item || !item.isSeen) return;
    this.current = item.data.slug;
    this.sought = "";
    for (const other of this.links.used.values()) other.link.tabIndex = other === item ? 0 : -1;
    item.link.focus({ preventScroll: true });
  }

  namedInView() {
    const { view } = this;
    return [...this.placed].filter(([event, place]) => place.isNamed && event.start > view.start - 0.5 && event.start < view.end - 0.5).length;
  }

  /** The event whose bar is drawn at a place of the plot. */
  eventAt(x, y) {
    if (this.geometry.form !== "lanes") return "";
    const day = this.view.day(x);
    const found = [...this.placed].find(
      ([event, { top }]) => isLong(event) && day >= event.start && day <= event.end && y >= top && y < top + ROW.lanes,
    );
    if (found) this.focusOn(found[0].slug);
    return found?.[0].slug;
  }

  // Drawing --------------------------------------------------------------------------------------------

  draw() {
    const { drawing, view, geometry: shape, config } = this;
    const from = this.turned < 1 && this.old ? this.old : shape;
    const turn = 1 - (1 - this.turned) ** 3;
    const between = (one, other) => one + (other - one) * turn;
    const axis = between(from.axis, shape.axis);
    drawing.clear();
    const bottom = shape.lanes.length ? shape.height : axis;
    drawing.grid(this.axis.divide().map(([start]) => view.x(start)), shape.form === "lanes" ? axis : 0, bottom);
    const tall = between(from.bars, shape.bars);
    const count = (bar) => bar.count;
    if (tall > 4) drawing.bars(view, this.bars, { base: axis, height: tall, most: this.most, colour: "blue", countOf: count });
    this.barTop = (day) => {
      const bar = this.bars.find((one) => day >= one.start && day < one.end);
      return axis - (bar && this.most ? Math.max(3, (tall * bar.count) / this.most) : 0);
    };
    shape.lanes.forEach((lane, place) => {
      const old = from.lanes[place] ?? lane;
      const base = between(old.top + old.height, lane.top + lane.height) - 1;
      const height = Math.max(between(old.bars, lane.bars) - 4, 4);
      const isWide = this.bars.length && (this.bars[0].end - this.bars[0].start) * view.scale > WIDEST_BAR;
      if (!isWide) drawing.bars(view, this.bars, { base, height, most: this.laneMost, colour: lane.name, countOf: (bar) => countIn(bar, lane.name) });
      drawing.rect("hair", 0, base, this.width, 1);
    });
    drawing.rect("ink", 0, axis, this.width, shape.thick);
    const eras = between(from.eras, shape.eras);
    for (const era of config.eras) drawing.era(view.x(era.start), view.x(era.end), eras + era.row * 22, era.isOpen);
    const today = view.x(config.today + 0.5);
    if (today > 0 && today < this.width) drawing.rect("red", today, axis, 2, shape.eras - shape.axis + 20);
    this.drawPlaced(between);
  }

  drawPlaced(between) {
    const { drawing, view, geometry } = this;
    for (const [event, place] of this.placed) {
      const x = view.x(anchorOf(event));
      const isDrawn = !place.isNamed && !this.isResting;
      if (geometry.form === "lanes") {
        const top = between(place.was, place.top);
        drawing.span(view, event, top + 21, 6);
        if (isDrawn) drawing.mark(event.lane, this.atEdge(x), top + 10);
        continue;
      }
      if (x < -20 || x > this.width + 20) continue;
      const foot = this.barTop(anchorOf(event));
      if (place.isNamed) {
        const top = place.row * ROW.stage + 2;
        if (this.config.view === "together" && isLong(event)) drawing.span(view, event, top, 4);
        drawing.leader(x, top, foot);
      }
      if (this.config.view === "lanes") drawing.disc("red", x, foot, 5.5);
      else if (isDrawn) drawing.mark(event.lane, x, foot);
    }
  }

  // Moving what is pressed ------------------------------------------------------------------------------

  /** In lanes, what stands at the very edge is moved in, so that its mark is whole. */
  atEdge(x) {
    return x > -1 && x < this.width + 1 ? Math.min(Math.max(x, 10), this.width - 10) : x;
  }

  /** Marks without a name are drawn while the view moves, which costs much less, and are links when it rests. */
  isPressable(item, place) {
    return place.isNamed || this.isResting || item.link === document.activeElement;
  }

  position() {
    const { view, geometry } = this;
    for (const item of this.links.used.values()) {
      const event = item.data;
      const place = this.placed.get(event);
      if (!place) continue;
      const x = view.x(anchorOf(event));
      const isAway = x < -400 && view.x(event.end) < 0 || x > this.width + 400;
      const isSeen = !isAway && this.isPressable(item, place);
      if (isSeen !== item.isSeen && item.link !== document.activeElement) showIf(item.link, (item.isSeen = isSeen));
      if (!isSeen) continue;
      let [left, dx, y] = [geometry.form === "lanes" ? this.atEdge(x) : x, 0, 0];
      if (geometry.form === "lanes") {
        y = place.top;
        const width = event.dateWidth + 19 + Math.min(event.nameWidth, LONGEST);
        // The name of what began before the window stays in view while its bar does.
        if (x < 9 && isLong(event) && place.isNamed) left = Math.min(Math.max(x, 9), Math.max(x, view.x(event.end) - width + 9));
        dx = place.side === "before" ? 9 - width : -9;
        if (!place.isNamed) [dx, y] = [-12, place.top - 2];
      } else if (place.isNamed) {
        y = place.row * ROW.stage;
        dx = place.side === "before" ? -8 - Math.max(event.dateWidth, event.boxWidth) : 8;
      } else {
        y = this.barTop(anchorOf(event)) - 12;
        dx = -12;
      }
      const side = place.side === "before" ? "before" : "after";
      if (item.side !== side) item.link.dataset.side = item.side = side;
      const along = `${left.toFixed(1)}px`;
      if (item.along !== along) item.link.style.translate = item.along = along;
      move(item, "in", item.link, `translate(${dx.toFixed(0)}px,${y.toFixed(0)}px)`);
    }
    this.axis.position();
  }
}
