// <cubaru-timeline>: the timeline as the server drew it becomes an instrument. Without this file everything is
// there as links and a form; with it the same states are reached by moving, at the same addresses.
import { Address } from "./address.js";
import { Card } from "./card.js";
import { dayOf, periodOf, rounded } from "./days.js";
import { Drawing } from "./drawing.js";
import { LANES } from "./geometry.js";
import { followHands, followStrip } from "./gestures.js";
import { Instrument } from "./instrument.js";
import { followKeys } from "./keys.js";
import { make } from "./links.js";
import { showSpine } from "./spine.js";
import { Tiles } from "./tiles.js";
import { View } from "./view.js";
import { Words } from "./words.js";

const STRIP = 48;
const STEP = 2;
const FONTS = 1500; // ms that the first picture waits for the fonts at most

class CubaruTimeline extends HTMLElement {
  connectedCallback() {
    const data = this.querySelector("script[type='application/json']");
    if (this.isReady || !data) return;
    this.isReady = true;
    this.config = JSON.parse(data.textContent);
    // The first picture of the page is the server's, which can be read and pressed while this is made ready.
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.prepare();
        this.start();
      }),
    );
  }

  prepare() {
    const { config } = this;
    this.filled = {}; // what the fields of the form were given last
    config.today = dayOf(...config.today);
    const ends = [0, 0];
    for (const era of config.eras) {
      Object.assign(era, { start: dayOf(...era.start), end: era.end ? dayOf(...era.end) : config.today });
      era.row = era.start < ends[0] ? 1 : 0;
      ends[era.row] = era.end;
    }
    config.href = (period, isList) => this.address.of({ period, view: isList ? "list" : config.view });
    this.whole = this.period(config.whole);
    this.words = new Words(config);
    this.view = new View(this.whole, this.period(config.window));
    this.drawn = this.querySelector("[data-drawn]");
    this.tiles = new Tiles({
      address: config.tiles,
      query: this.query(),
      language: config.language,
      whole: this.whole,
      onchange: () => this.changed(),
    });
    this.build();
  }

  period([first, last]) {
    return [periodOf(first)[0], periodOf(last)[1]];
  }

  /** The tiles that are asked for: those of a lane, a theme or a person, or all. */
  query() {
    const { language, theme, person, lane } = this.config;
    const asked = Object.entries({ lang: language, theme, person, lane }).filter(([, value]) => value);
    return new URLSearchParams(asked).toString();
  }

  build() {
    const { config, words } = this;
    this.stage = make("div", "tl");
    this.head = this.stage.appendChild(make("p", "tl-head"));
    this.name = this.head.appendChild(make("span", "tl-name"));
    this.status = this.head.appendChild(make("span", "tl-status"));
    this.strip = this.stage.appendChild(make("canvas", "tl-strip"));
    this.strip.setAttribute("aria-hidden", "true");
    this.legend = this.buildLegend();
    this.plot = make("div", "tl-plot");
    this.plot.setAttribute("role", "group");
    this.plot.setAttribute("aria-label", words.say("plot"));
    this.themes = make("details", "tl-themes");
    this.themes.hidden = !config.hasLanes;
    this.chosen = this.themes.appendChild(make("summary", "button button--plain"));
    this.themes.append(this.legend);
    this.stage.appendChild(make("div", "tl-frame")).append(this.themes, this.plot);
    this.problem = this.stage.appendChild(make("p", "tl-problem"));
    this.problem.hidden = true;
    this.problem.append(make("span", "", words.say("lost")), " ", make("button", "button", words.say("retry")));
    this.spine = this.stage.appendChild(make("ol", "spine"));
    this.sheet = this.stage.appendChild(make("div", "tl-card"));
    this.sheet.append(this.querySelector("template").content.querySelector(".tl-hint").cloneNode(true));
    this.live = this.stage.appendChild(make("p", "visually-hidden"));
    this.live.setAttribute("role", "status");
    this.card = new Card(this.sheet, { address: config.card });
    this.buildButtons();
    this.markLane();
  }

  buildLegend() {
    const list = make("ul", "tl-legend");
    for (const lane of LANES) {
      const link = list.appendChild(make("li")).appendChild(make("a"));
      link.dataset.lane = lane;
      link.append(make("i", `tl-mark lane-${lane}`), " ", make("span", "tl-lane", this.config.lanes[lane]), " ", make("span", "tl-count"));
    }
    return list;
  }

  /** The server's links to what is earlier, later, closer and wider become buttons that are always there. */
  buildButtons() {
    const group = this.querySelector("[data-steps]") ?? this.head.appendChild(make("span", "segments"));
    const icons = this.querySelector("template").content;
    group.replaceChildren();
    for (const name of ["earlier", "later", "out", "in"]) {
      const button = make("button", "button button--plain");
      button.type = "button";
      button.dataset.step = name;
      button.append(icons.querySelector(`[data-icon=${name}]`).content.cloneNode(true));
      button.append(make("span", "visually-hidden", this.words.say(name)));
      group.append(button);
    }
    this.buttons = group;
  }

  start() {
    const { view, plot, config } = this;
    this.hidden = false;
    this.instrument = new Instrument(plot, {
      config,
      view,
      tiles: this.tiles,
      words: this.words,
      onframe: () => this.drawStrip(),
      onrest: () => this.rested(),
      onshape: () => this.placeLegend(),
    });
    followHands(plot, view, { moved: () => this.moved(), pressed: (x, y) => this.lookAt(this.instrument.eventAt(x, y)) });
    followStrip(this.strip, view, () => this.moved());
    followKeys(plot, this.instrument, { went: () => this.moved(), escape: () => this.escape() });
    plot.addEventListener("focusin", ({ target }) => this.lookAt(target.dataset?.slug));
    plot.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") this.lookAt(event.target.closest("[data-slug]")?.dataset.slug);
    });
    this.addEventListener("click", (event) => this.clicked(event));
    this.querySelector("form")?.addEventListener("submit", (event) => this.submitted(event));
    this.address = new Address(config, view, (state) => this.go(state, false));
    this.problem.querySelector("button").addEventListener("click", () => {
      this.tiles.retry();
      this.instrument.focusOn(this.instrument.current);
    });
    addEventListener("online", () => this.tiles.failed && this.tiles.retry());
    new ResizeObserver(() => this.resized()).observe(this.drawn);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recoloured());
    new MutationObserver(() => this.recoloured()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    // Text is measured as it will be drawn: the fonts first. What the server drew stays until all is there.
    const letters = config.language === "ru" ? "я1" : "a1";
    const fonts = this.instrument.lettering.fonts.map((font) => document.fonts.load(font, letters));
    Promise.race([Promise.all(fonts), new Promise((done) => setTimeout(done, FONTS))]).then(() => {
      this.hasFonts = true;
      this.changed();
    });
    view.width = this.instrument.width = this.drawn.clientWidth;
    this.instrument.chooseLevel();
    this.tiles.want(this.instrument.level, view.start, view.end);
  }

  // What happens --------------------------------------------------------------------------------------

  /** A tile has come, or could not be had. */
  changed() {
    const { view, tiles, instrument } = this;
    this.problem.hidden = !tiles.failed;
    if (!this.isShown) {
      if (tiles.failed) this.drawn.before(this.problem);
      tiles.want(instrument.level, view.start, view.end);
      if (!this.hasFonts || !tiles.has(instrument.level, view.start, view.end)) return;
      this.reveal();
    }
    instrument.wake();
  }

  /** The instrument takes the place of what the server drew. */
  reveal() {
    this.isShown = true;
    this.drawn.classList.remove("tl-room");
    this.drawn.replaceChildren(this.stage);
    this.plot.parentElement.after(this.problem);
    this.resized();
    // All at once: what comes in steps would push about what is there already.
    this.instrument.rest();
    this.address.restore((slug) => this.instrument.focusOn(slug));
  }

  resized() {
    const width = this.drawn.clientWidth;
    if (!this.isShown || !width) return;
    this.stripDrawing ??= new Drawing(this.strip, []);
    this.stripDrawing.resize(width, STRIP);
    this.instrument.resize(width);
  }

  recoloured() {
    if (!this.isShown) return;
    this.stripDrawing.readColours();
    this.instrument.drawing.readColours();
    this.instrument.lettering.read();
    this.instrument.wake();
  }

  moved() {
    if (this.config.writes && this.instrument.isResting) this.address.begin();
    this.instrument.isResting = false;
    this.instrument.wake();
    if (this.config.writes) this.address.write(true);
  }

  /** Goes to a state; false if only the server can show it. */
  go({ period, view, lane, theme, person }, isNew = true) {
    const { config } = this;
    if (!period || view === "list" || theme !== config.theme || person !== config.person) return false;
    if (lane !== config.lane) {
      config.lane = lane;
      this.tiles.ask(this.query());
      this.markLane();
    }
    config.view = view;
    this.view.show(period);
    this.instrument.isResting = false;
    this.instrument.wake();
    if (isNew && config.writes) {
      this.address.isStep = true;
      this.address.write(true);
    }
    return true;
  }

  clicked(event) {
    const button = event.target.closest("[data-step]");
    if (button) return this.step(button.dataset.step);
    const link = event.target.closest("a");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.dataset.slug) {
      // With a finger the first press shows the card, which has a link of its own.
      const isFirst = event.pointerType === "touch" && this.card.slug !== link.dataset.slug;
      if (isFirst && this.plot.contains(link)) {
        event.preventDefault();
        this.lookAt(link.dataset.slug);
      } else this.address.leave(link.dataset.slug);
    } else if (this.go(this.address.read(link) ?? {})) event.preventDefault();
  }

  submitted(event) {
    const fields = new URLSearchParams(new FormData(event.target));
    if (!this.go(this.address.read(new URL(`${this.config.path}?${fields}`, location)) ?? {})) return;
    this.filled = Object.fromEntries(fields);
    event.preventDefault();
  }

  step(name) {
    const { view } = this;
    if (name === "in") view.zoom(STEP, view.width / 2);
    else if (name === "out") view.zoom(1 / STEP, view.width / 2);
    else view.pan((name === "later" ? 0.7 : -0.7) * view.aim.span, true);
    this.moved();
  }

  escape() {
    if (this.card.close()) return;
    this.view.show(this.whole);
    this.moved();
  }

  lookAt(slug) {
    if (slug) this.card.show(slug);
    else this.card.forget();
  }

  // What is said and drawn beside the plot -------------------------------------------------------------

  drawStrip() {
    const { years } = this.tiles;
    this.stripDrawing.strip(years, this.view, STRIP);
  }

  rested() {
    const { view, words, instrument, config } = this;
    const period = rounded(view.start, view.end);
    if (config.writes) this.address.write(false);
    // At the edges of a window that cuts a year or a month, those count that lie within it for the most part.
    const isIn = ({ start, end }) => (start + end) / 2 > view.start && (start + end) / 2 < view.end;
    const count = instrument.bars.filter(isIn);
    const total = count.reduce((sum, bar) => sum + bar.count, 0);
    const isSpine = instrument.geometry.form === "spine";
    const named = isSpine ? showSpine(this.spine, instrument) : instrument.names.inView();
    this.spine.hidden = !isSpine;
    const name = words.heading(period);
    this.name.textContent = name;
    this.status.textContent = words.say("status", { count: total, named: words.number(Math.min(named, total)) });
    this.say(`${name}. ${this.status.textContent}`);
    this.tellPage(name, period);
    for (const item of this.legend.querySelectorAll("a")) this.tellLane(item, count);
    this.markLane();
    for (const button of this.buttons?.querySelectorAll("button") ?? []) {
      const isAtEnd = { earlier: view.start <= this.whole[0], later: view.end >= this.whole[1], out: view.isWhole, in: view.span <= 1 };
      button.setAttribute("aria-disabled", String(isAtEnd[button.dataset.step]));
    }
  }

  /** Once the view has come to rest for good, and only what is new. */
  say(text) {
    clearTimeout(this.saying);
    if (this.said === undefined) this.said = text;
    this.saying = setTimeout(() => {
      if (text !== this.said) this.live.textContent = this.said = text;
    }, 500);
  }

  markLane() {
    for (const link of this.legend.querySelectorAll("a")) {
      if (link.dataset.lane === this.config.lane) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    this.chosen.textContent = this.config.lanes[this.config.lane] ?? this.words.say("all");
  }

  tellLane(link, bars) {
    const { config, words, address } = this;
    const { lane } = link.dataset;
    const count = bars.reduce((sum, bar) => sum + (bar.lanes[lane] ?? 0), 0);
    const isChosen = config.lane === lane;
    link.href = address.of({ lane: isChosen ? "" : lane });
    link.querySelector(".tl-count").textContent = config.lane && !isChosen ? "" : words.number(count);
  }

  /** The heading, the title, the form and the links of the page follow the window. */
  tellPage(name, period) {
    const { config, address } = this;
    if (!config.writes) return;
    const heading = document.querySelector("[data-window-name]");
    if (heading) heading.textContent = name;
    this.name.hidden = Boolean(heading);
    document.title = this.view.isWhole && !heading ? config.title : this.words.say("title", { period: name });
    this.fillForm(address.ends(period));
    for (const link of this.querySelectorAll("[data-view]")) {
      link.href = address.of({ view: link.dataset.view });
      if (link.dataset.view === config.view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** The fields of the form follow the window, but for what somebody has typed and not sent yet. */
  fillForm([from, to]) {
    for (const [name, value] of Object.entries({ from, to })) {
      const input = this.querySelector(`input[name=${name}]`);
      if (!input || document.activeElement === input || input.value !== (this.filled[name] ?? input.defaultValue)) continue;
      input.value = this.filled[name] = value;
    }
  }

  placeLegend() {
    const { form, lanes } = this.instrument.geometry;
    this.themes.open = form !== "spine";
    this.themes.dataset.form = form;
    this.legend.classList.toggle("tl-legend--lanes", lanes.length > 0);
    [...this.legend.children].forEach((item, place) => {
      item.style.transform = lanes.length ? `translateY(${lanes[place].top}px)` : "";
    });
  }
}

customElements.define("cubaru-timeline", CubaruTimeline);
