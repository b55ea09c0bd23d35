// The page's address follows the view, with the parameters that the server's form has. Steps that come one
// soon after the other are one step of the history; whoever comes back finds the event that was opened.
import { briefly, periodOf, rounded } from "./days.js";

const TOGETHER = 300; // ms of rest
const PAUSE = 350; // ms: browsers refuse an address that changes all the time

export class Address {
  constructor(config, view, go) {
    Object.assign(this, { config, view });
    this.written = location.pathname + location.search;
    this.moment = -PAUSE;
    this.rested = -TOGETHER;
    if (config.writes) addEventListener("popstate", () => this.#goBack(go));
  }

  /** The address of the state that is shown, with some of it changed. */
  of(changes = {}) {
    const { config, view } = this;
    const { start, span } = view.aim;
    const { period = rounded(start, start + span), ...rest } = changes;
    const state = { lane: config.lane, view: config.view, ...rest };
    const query = new URLSearchParams();
    const [from, to] = this.ends(period);
    const isWhole = period[0] <= view.whole[0] && period[1] >= view.whole[1];
    if (!isWhole) for (const [name, value] of Object.entries({ from, to })) query.set(name, value);
    for (const name of ["theme", "person"]) if (config[name]) query.set(name, config[name]);
    if (state.lane) query.set("lane", state.lane);
    if (state.view !== config.usual) query.set("view", state.view);
    return query.size ? `${config.path}?${query}` : config.path;
  }

  /** The first and the last day, as the form has them. */
  ends([start, end]) {
    const [low, high] = this.view.whole;
    return briefly([Math.max(start, low), Math.min(end, high)]);
  }

  /** The state at an address; null for what is no timeline of ours, or only the server can read. */
  read({ pathname, search }) {
    const { config, view } = this;
    if (pathname !== config.path) return null;
    const query = new URLSearchParams(search);
    const get = (name) => query.get(name) ?? "";
    const [from, to] = ["from", "to"].map((name) => (get(name) ? periodOf(get(name)) : view.whole));
    if (!from || !to || to[1] <= from[0] || to[1] <= view.whole[0] || from[0] >= view.whole[1]) return null;
    const period = [Math.max(from[0], view.whole[0]), Math.min(to[1], view.whole[1])];
    return { period, lane: get("lane"), theme: get("theme"), person: get("person"), view: get("view") || config.usual };
  }

  /** The view begins to move: a step of the history of its own, unless the last one is only just over. */
  begin() {
    this.isStep ||= performance.now() - this.rested > TOGETHER;
  }

  /** Writes where the view is; while it moves only now and then. */
  write(isMoving) {
    clearTimeout(this.waiting);
    const now = performance.now();
    if (isMoving) this.hasMoved = true;
    if (isMoving && now - this.moment < PAUSE) {
      this.waiting = setTimeout(() => this.write(true), PAUSE);
      return;
    }
    if (this.hasMoved && !isMoving) this.rested = now;
    this.hasMoved = isMoving;
    const address = this.of();
    if (address === this.written) return;
    this.moment = now;
    this.written = address;
    history[this.isStep ? "pushState" : "replaceState"](null, "", address);
    this.isStep = false;
  }

  /** Before the page is left for an event: where to come back to. */
  leave(slug) {
    if (this.config.writes) history.replaceState({ event: slug }, "", this.of());
  }

  restore(focusOn) {
    const [navigation] = performance.getEntriesByType("navigation");
    const slug = history.state?.event;
    if (slug && navigation?.type === "back_forward") focusOn(slug);
  }

  #goBack(go) {
    clearTimeout(this.waiting);
    this.written = location.pathname + location.search;
    this.rested = -TOGETHER;
    this.isStep = false;
    const state = this.read(location);
    if (!state || !go(state)) location.reload();
  }
}
