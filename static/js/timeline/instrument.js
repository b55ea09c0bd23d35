// The instrument: one loop that moves the view, gets the tiles it needs, places names and draws. It works on
// what `element.js` gives it and tells it when the view rests.
import { Axis } from "./axis.js";
import { Drawing } from "./drawing.js";
import { LANES, formOf, geometryOf, rowsFor } from "./geometry.js";
import { Lettering } from "./lettering.js";
import { make } from "./links.js";
import { Names } from "./names.js";
import { ROW, measure, placeInRows, placeOnStage } from "./placing.js";
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
    this.canvas = plot.appendChild(make("canvas", "tl-canvas"));
    this.canvas.setAttribute("aria-hidden", "true");
    this.drawing = new Drawing(this.canvas, LANES);
    this.lettering = new Lettering(this.drawing);
    this.names = new Names(this);
    this.axis = new Axis(plot, this);
    this.most = 0;
    this.level = 0;
    this.turned = 1;
    this.frame = this.frame.bind(this);
  }

  get placed() {
    return this.names.placed;
  }

  /** Links stand, which can be pressed, where otherwise there is a drawing of them. */
  get isStill() {
    return this.isResting && !this.names.isGliding && this.turned === 1;
  }

  /** Something has changed: the loop runs until all is at rest again, and the page is told. */
  wake() {
    clearTimeout(this.resting);
    this.isTold = false;
    this.run();
  }

  run() {
    if (this.running) return;
    this.running = true;
    this.last = performance.now();
    requestAnimationFrame(this.frame);
  }

  frame(now) {
    const ms = Math.min(Math.max(now - this.last, 1), 60);
    this.last = now;
    const moved = this.view.step(ms);
    this.turned = Math.min(1, this.turned + ms / TURN);
    this.hasMoved ||= moved;
    if (moved) this.isResting = this.isTold = false;
    this.update(ms);
    if (moved || !this.isSettled) {
      requestAnimationFrame(this.frame);
      return;
    }
    this.running = false;
    clearTimeout(this.resting);
    if (!this.isTold) this.resting = setTimeout(() => this.rest(), REST);
  }

  /** Nothing moves: names that the edge would cut find another place, and the page is told. */
  rest() {
    this.isTold = true;
    if (!this.isResting) {
      this.isResting = true;
      this.update(1);
      if (!this.isSettled) this.run();
    }
    // Who only looks at the page needs no more of it than is seen.
    this.tiles.prefetch(this.level, this.view.start, this.view.end, this.hasMoved);
    this.onrest();
  }

  resize(width) {
    this.view.width = width;
    this.width = width;
    this.lettering.read();
    this.laidOut = "";
    this.wake();
  }

  update(ms) {
    this.chooseLevel();
    this.fetch();
    this.collect();
    this.lay();
    this.grow(ms);
    this.names.step(ms);
    this.isSettled = this.most === this.mostInView && !this.names.isGliding && this.turned === 1;
    this.draw();
    this.show();
    this.giveFocus();
    this.onframe();
  }

  /** The bars grow and shrink towards the scale that what is in view asks for; in lanes there are none. */
  grow(ms) {
    const { view } = this;
    const inView = this.bars.filter((bar) => view.x(bar.end) > 0 && view.x(bar.start) < view.width);
    this.mostInView = this.geometry.bars ? Math.max(...inView.map((bar) => bar.count), 0) : this.most;
    const left = (this.mostInView - this.most) * Math.exp(-ms / 80);
    const isThere = !this.most || Math.abs(left) < Math.max(this.mostInView / 100, 0.1);
    this.most = isThere ? this.mostInView : this.mostInView - left;
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
    for (const event of events) measure(event, this.lettering);
  }

  /** Works out where names stand, once for each step of the zoom and each set of events. */
  lay() {
    const { view, config } = this;
    const form = formOf({ width: this.width, view: config.view, span: view.aim.span, last: this.geometry?.form });
    const rows = this.rowsOfLanes(form);
    const shape = `${form}/${config.view}/${rows}`;
    const isOther = this.geometry?.form !== form;
    if (shape !== this.shape) {
      this.old = this.geometry;
      this.geometry = geometryOf({ form, view: config.view, rows, height: config.height });
      this.turned = this.old ? 0 : 1;
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
    const common = { scale, bounds: free, before: isOther ? new Map() : this.placed, isCloser: scale >= (this.laidScale ?? 0) };
    this.laidScale = scale;
    this.laidOut = key;
    this.names.take(this.place(common));
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
        placed.set(event, { ...place, top });
      }
    }
    return placed;
  }

  /** Gives the focus to an event as soon as it is shown. */
  focusOn(slug) {
    this.current = this.sought = slug;
    this.wake();
  }

  giveFocus() {
    if (this.focusEnd && this.isStill) {
      const event = this.names.atEnd(this.focusEnd === "last");
      this.focusEnd = "";
      if (event) this.focusOn(event.slug);
    }
    if (!this.names.focus(this.sought)) return;
    this.current = this.sought;
    this.sought = "";
  }

  /** The event that is drawn at a place of the plot, which is given the focus. */
  eventAt(x, y) {
    const event = this.names.at(x, y);
    if (event) this.focusOn(event.slug);
    return event?.slug;
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
    this.names.draw(this.isStill);
    if (!this.isStill) this.axis.draw(this.lettering);
  }

  /** What can be pressed takes the place of what is drawn. */
  show() {
    this.plot.classList.toggle("is-moving", !this.isStill);
    this.current = this.names.show(this.isStill, this.current);
    if (!this.isStill) return;
    this.axis.position();
    this.plot.tabIndex = this.placed.size || this.geometry.form === "spine" ? -1 : 0;
  }
}
