// The labels of the axis, the names of eras under it, and links to what is not named: how many, and where.
import { STEPS, dateOf, monthOf, periods, stepOfAtLeast } from "./days.js";
import { make, move, plainLinks, showIf } from "./links.js";
import { countIn } from "./tiles.js";

export class Axis {
  constructor(plot, instrument) {
    this.instrument = instrument;
    const pool = (name) => plainLinks(plot.appendChild(make("div", `${name}s`)), name);
    this.ticks = pool("tl-tick");
    this.eras = pool("tl-era");
    plot.append(instrument.list);
    this.more = pool("tl-chip");
  }

  /** The periods into which the window is divided, as wide as their labels need. */
  divide() {
    const { view, geometry } = this.instrument;
    this.step = stepOfAtLeast((geometry.form === "spine" ? 54 : 72) / view.scale);
    this.marks = [...periods(this.step, view.start, view.end)];
    return this.marks;
  }

  position() {
    this.#positionTicks();
    this.#positionEras();
    this.#positionChips();
  }

  #positionTicks() {
    const { view, geometry, width, config } = this.instrument;
    const key = `${this.marks[0]}/${this.marks.length}/${this.step.days}/${config.lane}/${config.view}`;
    if (key !== this.ticksOf) {
      this.ticksOf = key;
      this.ticks.show(this.#labels());
    }
    for (const item of this.ticks.used.values()) {
      const [start, end] = item.data.period;
      const x = Math.max(view.x(start), Math.min(0, view.x(end) - (geometry.form === "spine" ? 50 : 62)));
      const isCut = x > width - 52;
      if (isCut !== item.isCut) showIf(item.element, !(item.isCut = isCut));
      move(item, "in", item.element, `translate(${x.toFixed(1)}px,${geometry.ticks}px)`);
    }
  }

  #labels() {
    const { view, words, config } = this.instrument;
    const labels = new Map();
    for (const period of this.marks) {
      const text = tickText(Math.max(period[0], view.whole[0]), this.step, words.months);
      labels.set(period.join(), { text, period, href: config.href(period), more: ` ${words.name(period)}` });
    }
    return labels;
  }

  #positionEras() {
    const { view, config, geometry, width } = this.instrument;
    if (!this.eras.used.size) {
      const labels = config.eras.map(({ name, start, end, url, row }) => [name, { text: name, period: [start, end], href: url, row }]);
      this.eras.show(new Map(labels));
      for (const item of this.eras.used.values()) item.width = item.element.offsetWidth;
    }
    const taken = [0, 0];
    for (const item of this.eras.used.values()) {
      const { row, period } = item.data;
      const [from, to] = period.map((day) => view.x(day));
      const x = Math.max(from, 0);
      // A name may be longer than its band as long as it runs into no other.
      const isCut = to < 8 || x < taken[row] || x > width - item.width || (from < 0 && to < item.width);
      if (!isCut) taken[row] = x + item.width + 12;
      if (isCut !== item.isCut) showIf(item.element, !(item.isCut = isCut));
      move(item, "in", item.element, `translate(${x.toFixed(1)}px,${geometry.eras + 3 + row * 22}px)`);
    }
  }

  /** How many events are not shown, by lane and period: links that open the period. */
  #positionChips() {
    const { view, geometry, turned, laidOut, width } = this.instrument;
    if (geometry.form === "spine" || turned < 1) {
      if (this.more.used.size) this.more.show(new Map());
      this.chipsOf = "";
      return;
    }
    const step = stepOfAtLeast(84 / view.scale);
    const spans = [...periods(step, view.start, view.end)];
    const key = [laidOut, this.instrument.tiles.years.length, step.days, spans[0], spans.length].join("|");
    if (key !== this.chipsOf) {
      this.chipsOf = key;
      this.more.show(this.#chips(spans, step));
    }
    for (const item of this.more.used.values()) {
      const [start, end] = item.data.period;
      const [from, to] = [Math.max(view.x(start), 0), Math.min(view.x(end), width)];
      const isCut = to - from < 56;
      if (isCut !== item.isCut) showIf(item.element, !(item.isCut = isCut));
      if (!isCut) move(item, "in", item.element, `translate(${((from + to) / 2 - 24).toFixed(1)}px,${item.data.y}px)`);
    }
  }

  #chips(spans, step) {
    const { geometry, words, config, placed, tiles, bars: near, loaded } = this.instrument;
    const inOneRow = [{ name: null, top: geometry.chips, height: 25 }];
    const places = geometry.form === "lanes" ? geometry.lanes.filter((lane) => lane.rows) : inOneRow;
    // Whole years are known from the first; of other periods only those that the tiles hold whole.
    const byYear = step.months >= 12 && tiles.years.length > 0;
    const chips = new Map();
    for (const period of spans) {
      const isWithin = (one) => one.start >= period[0] && one.start < period[1];
      if (!byYear && (period[0] < loaded[0] || period[1] > loaded[1])) continue;
      const bars = (byYear ? tiles.years : near).filter(isWithin);
      const shown = [...placed.keys()].filter(isWithin);
      for (const { name, top, height } of places) {
        const all = bars.reduce((sum, bar) => sum + (name === null ? bar.count : countIn(bar, name)), 0);
        const count = all - shown.filter((event) => name === null || event.lane === name).length;
        if (count <= 0) continue;
        const isDay = step === STEPS.at(-1);
        const more = ` ${words.say("more", { count, period: words.name(period) }).replace(words.number(count), "")}`;
        const data = { text: `+${words.number(count)}`, more, period, y: top + height - 25, href: config.href(period, isDay) };
        chips.set(`${name}${period}${count}`, data);
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
