// The labels of the axis, the names of eras under it, and links to what is not named: how many, and where. While
// the view moves they are written on the canvas; when it rests they are links.
import { STEPS, dateOf, monthOf, periods, stepOfAtLeast } from "./days.js";
import { make, move, plainLinks } from "./links.js";
import { countIn } from "./tiles.js";

export class Axis {
  constructor(plot, instrument) {
    this.instrument = instrument;
    const pool = (name) => plainLinks(plot.appendChild(make("div", `${name}s tl-written`)), name);
    const [tick, era] = [pool("tl-tick"), pool("tl-era")];
    plot.append(instrument.names.list);
    this.pools = { tick, era, chip: pool("tl-chip") };
  }

  /** The periods into which the window is divided, as wide as their labels need. */
  divide() {
    const { view, geometry } = this.instrument;
    this.step = stepOfAtLeast((geometry.form === "spine" ? 54 : 72) / view.scale);
    this.marks = [...periods(this.step, view.start, view.end)];
    return this.marks;
  }

  draw(lettering) {
    const { tick, era, chip } = this.#places();
    for (const [, label, x, y] of tick) lettering.tick(label, x, y);
    for (const [, label, x, y] of era) lettering.era(label, x, y);
    for (const [, label, x, y] of chip) lettering.chip(label, x, y);
  }

  /** Links take the place of what was written. */
  position() {
    for (const [kind, places] of Object.entries(this.#places())) {
      const pool = this.pools[kind];
      pool.show(new Map(places.map(([name, label]) => [name, label])));
      for (const [name, , x, y] of places) {
        const item = pool.used.get(name);
        move(item, "in", item.element, `translate(${x.toFixed(1)}px,${y}px)`);
      }
    }
  }

  /** What there is room for, by kind: its name, what it says, and where. */
  #places() {
    return { tick: this.#ticks(), era: this.#eras(), chip: this.#chips() };
  }

  #ticks() {
    const { view, geometry, width, words, config } = this.instrument;
    const wide = geometry.form === "spine" ? 50 : 62;
    const places = [];
    for (const period of this.marks) {
      const x = Math.max(view.x(period[0]), Math.min(0, view.x(period[1]) - wide));
      if (x > width - 52) continue;
      const text = tickText(Math.max(period[0], view.whole[0]), this.step, words.months);
      const label = { text, period, href: () => config.href(period), more: () => ` ${words.name(period)}` };
      places.push([`${period}/${config.lane}/${config.view}`, label, x, geometry.ticks]);
    }
    return places;
  }

  #eras() {
    const { view, config, geometry, width, lettering } = this.instrument;
    const taken = [0, 0];
    const places = [];
    for (const { name, start, end, url, row } of config.eras) {
      const [from, to] = [view.x(start), view.x(end)];
      const x = Math.max(from, 0);
      const wide = lettering.widthOf("era", name);
      // A name may be longer than its band as long as it runs into no other.
      if (to < 8 || x < taken[row] || x > width - wide || (from < 0 && to < wide)) continue;
      taken[row] = x + wide + 12;
      const label = { text: name, period: [start, end], href: () => url, more: () => "" };
      places.push([name, label, x, geometry.eras + 3 + row * 22]);
    }
    return places;
  }

  /** How many events are not shown, by lane and period: links that open the period. */
  #chips() {
    const { view, geometry, turned, laidOut, width, tiles, config } = this.instrument;
    if (geometry.form === "spine" || turned < 1) return [];
    const step = stepOfAtLeast(84 / view.scale);
    const spans = [...periods(step, view.start, view.end)];
    const key = [laidOut, config.lane, tiles.years.length, step.days, spans[0], spans.length].join("|");
    if (key !== this.chipsOf) {
      this.chipsOf = key;
      this.chips = this.#countChips(spans, step);
    }
    const places = [];
    for (const [name, label] of this.chips) {
      const [from, to] = [Math.max(view.x(label.period[0]), 0), Math.min(view.x(label.period[1]), width)];
      if (to - from >= 56) places.push([name, label, (from + to) / 2 - 24, label.y]);
    }
    return places;
  }

  #countChips(spans, step) {
    const { geometry, words, config, placed, tiles, bars: near, loaded } = this.instrument;
    const inOneRow = [{ name: null, top: geometry.chips, height: 25 }];
    const places = geometry.form === "lanes" ? geometry.lanes.filter((lane) => lane.rows) : inOneRow;
    // Whole years are known from the first; of other periods only those that the tiles hold whole.
    const byYear = step.months >= 12 && tiles.years.length > 0;
    const chips = [];
    for (const period of spans) {
      const isWithin = (one) => one.start >= period[0] && one.start < period[1];
      if (!byYear && (period[0] < loaded[0] || period[1] > loaded[1])) continue;
      const bars = (byYear ? tiles.years : near).filter(isWithin);
      const shown = [...placed.keys()].filter(isWithin);
      for (const { name, top, height } of places) {
        const all = bars.reduce((sum, bar) => sum + (name === null ? bar.count : countIn(bar, name)), 0);
        const count = all - shown.filter((event) => name === null || event.lane === name).length;
        if (count <= 0) continue;
        const number = words.number(count);
        const more = () => ` ${words.say("more", { count, period: words.name(period) }).replace(number, "")}`;
        const label = { text: `+${number}`, more, period, y: top + height - 25, href: () => config.href(period, step === STEPS.at(-1)) };
        chips.push([`${name}/${period}/${count}/${config.lane}/${config.view}`, label]);
      }
    }
    return chips;
  }
}

/** Years, decades by two digits; months with the year in January; days with the month on the first. */
function tickText(day, step, months) {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  if (step.months >= 12) return step.months === 120 && year % 10 === 0 && year % 50 ? `’${String(year % 100).padStart(2, "0")}` : `${year}`;
  const month = monthOf(day) % 12;
  if (step.months) return month ? months[month] : `${year}`;
  return date.getUTCDate() === 1 ? months[month] : `${date.getUTCDate()}`;
}
