// The tiles of the API: asked for when they come into view, kept as long as there is room. An event that stands
// in several tiles is one object.
import { dayOf, periodOf } from "./days.js";

const MOST_KEPT = 90;
const MOST_AT_ONCE = 8;
const DEEPEST = 17;

export const tileDays = (level) => 2 ** (DEEPEST - level);
const nameOf = (level, index) => `${level}/${index}`;
const dayOfIso = (text) => {
  const [year, month, day] = text.split("-").map(Number);
  return dayOf(year, month - 1, day);
};

export class Tiles {
  /** `query` says which events; `onchange` is called when a tile has come or could not be had. */
  constructor({ address, query, language, whole, onchange }) {
    Object.assign(this, { address, query, language, whole, onchange });
    this.kept = new Map();
    this.events = new Map();
    this.coming = new Map();
    this.failed = false;
    this.version = 0; // grows with every tile that comes
    this.years = []; // the bars of all years
  }

  /** Forgets all, as other events are wanted. */
  ask(query) {
    for (const control of this.coming.values()) control.abort();
    for (const store of [this.kept, this.events, this.coming]) store.clear();
    this.query = query;
    this.failed = false;
    this.version += 1;
    this.years = [];
  }

  /** The tiles of a level that a period touches. */
  indices(level, from, to) {
    const place = (day) => Math.min(Math.max(Math.floor(day / tileDays(level)), 0), 2 ** level - 1);
    const first = place(Math.max(from, this.whole[0]));
    const last = place(Math.min(to, this.whole[1] - 0.01));
    return Array.from({ length: Math.max(last - first, 0) + 1 }, (_, step) => first + step);
  }

  has(level, from, to) {
    return this.indices(level, from, to).every((index) => this.kept.has(nameOf(level, index)));
  }

  /** Asks for the tiles of a period that are not there, and no longer for those that nobody looks at. */
  want(level, from, to) {
    const wanted = this.indices(level, from, to).map((index) => nameOf(level, index));
    for (const [name, control] of this.coming) {
      if (!wanted.includes(name)) control.abort();
    }
    if (!this.failed) for (const name of wanted) this.#fetch(name);
  }

  /** Asks, when nothing else is asked for, for all years, and for the neighbours and what a zoom would show. */
  prefetch(level, from, to, isAll) {
    if (this.coming.size || this.failed || navigator.connection?.saveData) return;
    const wide = tileDays(level);
    const middle = (from + to) / 2;
    if (!this.years.length && !this.#seesYears(level, from, to)) this.#fetch(nameOf(0, 0));
    if (!isAll) return;
    const near = [
      [level, from - wide, to + wide],
      [Math.min(level + 1, DEEPEST), middle - wide / 4, middle + wide / 4],
      [Math.max(level - 1, 0), from, to],
      [Math.max(level - 4, 0), from, to], // for what began long before
    ];
    for (const [depth, start, end] of near) {
      for (const index of this.indices(depth, start, end)) this.#fetch(nameOf(depth, index));
    }
  }

  /** True if what is shown are the bars of all years: then they need not be asked for. */
  #seesYears(level, from, to) {
    if (from > this.whole[0] || to < this.whole[1]) return false;
    const { bars } = this.shown(level, from, to);
    if (!bars.every((bar) => bar.unit === "year")) return false;
    this.years = bars;
    return true;
  }

  retry() {
    this.failed = false;
    this.onchange();
  }

  /**
   * What there is of a period at a level: events, and periods with their counts. Where a tile has not come
   * yet, it is taken from the one around it.
   */
  shown(level, from, to) {
    const events = new Set();
    const bars = new Map();
    for (const index of this.indices(level, from, to)) {
      let [depth, place] = [level, index];
      while (depth >= 0 && !this.kept.has(nameOf(depth, place))) [depth, place] = [depth - 1, place >> 1];
      if (depth < 0) continue;
      const [start, end] = [index * tileDays(level), (index + 1) * tileDays(level)];
      const isOwn = (day) => depth === level || (day >= start && day < end);
      const tile = this.#touch(nameOf(depth, place));
      for (const event of tile.events) if (isOwn(Math.max(event.start, 0))) events.add(event);
      for (const bar of tile.bars) if (isOwn(bar.start)) bars.set(bar.name, bar);
    }
    // Tiles hold what begins in them; what began before and still went on is known from wider ones.
    for (const event of this.events.values()) {
      if (event.level <= level && event.start < to && event.end > from) events.add(event);
    }
    return { events: [...events], bars: [...bars.values()] };
  }

  #touch(name) {
    const tile = this.kept.get(name);
    this.kept.delete(name);
    this.kept.set(name, tile);
    return tile;
  }

  async #fetch(name) {
    if (this.kept.has(name) || this.coming.has(name) || this.coming.size >= MOST_AT_ONCE) return;
    const control = new AbortController();
    this.coming.set(name, control);
    try {
      const answer = await fetch(`${this.address}${name}/?${this.query}`, { signal: control.signal });
      if (!answer.ok) throw new Error(`${answer.status} for tile ${name}`);
      const tile = await answer.json();
      if (!control.signal.aborted) this.#keep(name, tile);
    } catch {
      this.failed ||= !control.signal.aborted;
    }
    if (this.coming.get(name) === control) this.coming.delete(name);
    this.onchange();
  }

  #keep(name, tile) {
    const bars = tile.periods.map(({ period, count, lanes }) => {
      const [start, end] = periodOf(period);
      return { name: period, unit: tile.unit, start, end, count, lanes };
    });
    this.version += 1;
    if (name === nameOf(0, 0)) this.years = bars;
    this.kept.set(name, { events: tile.events.map((event) => this.#event(event)), bars });
    if (this.kept.size <= MOST_KEPT) return;
    for (const old of [...this.kept.keys()].slice(0, MOST_KEPT / 3)) this.kept.delete(old);
    const rest = new Set([...this.kept.values()].flatMap((one) => one.events));
    for (const event of this.events.values()) if (!rest.has(event)) this.events.delete(event.slug);
  }

  #event(data) {
    const known = this.events.get(data.slug);
    if (known) return known;
    const { date } = data;
    const start = date.earliest ? dayOfIso(date.earliest) : this.whole[0];
    const end = date.latest ? dayOfIso(date.latest) + 1 : this.whole[1];
    const event = {
      slug: data.slug,
      url: new URL(data.html_url).pathname,
      title: data.title,
      language: data.title_language === this.language ? "" : data.title_language,
      date: data.date_short,
      start,
      end: Math.max(end, start + 1),
      opens: !date.earliest, // it is not known when it began
      runs: !date.latest, // it is not known when it ended
      isSoft: date.approximate || date.uncertain,
      isSpan: date.precision === "interval",
      importance: data.importance,
      lane: data.lane,
      level: data.level,
    };
    this.events.set(event.slug, event);
    return event;
  }
}

/** How many events of a bar run in a lane, or in none (""). */
export function countIn(bar, lane) {
  if (lane) return bar.lanes[lane] ?? 0;
  return Object.values(bar.lanes).reduce((rest, count) => rest - count, bar.count);
}

/** The order in which events get room: what shows from far away first, then the important, the earlier. */
export const byRank = (one, other) =>
  one.level - other.level ||
  other.importance - one.importance ||
  one.start - other.start ||
  (one.slug < other.slug ? -1 : 1);

export const byTime = (one, other) =>
  one.start - other.start || one.end - other.end || (one.slug < other.slug ? -1 : 1);
