// What part of time is shown, and how it moves: by hand at once, by buttons and keys in a short glide, after a
// throw with momentum. All of it in days; the width of the axis only turns pixels into days.
const GLIDE = 70; // ms in which a glide covers two thirds of what is left
const FRICTION = 325; // ms in which a throw loses two thirds of its speed
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  constructor(whole, [start, end]) {
    this.whole = whole;
    this.width = 1000;
    this.start = start;
    this.span = end - start;
    this.goal = null;
    this.speed = 0; // days a millisecond
  }

  get end() {
    return this.start + this.span;
  }

  /** Pixels a day. */
  get scale() {
    return this.width / this.span;
  }

  get isWhole() {
    return this.start <= this.whole[0] + 0.01 && this.end >= this.whole[1] - 0.01;
  }

  /** Where the view is going, or is. */
  get aim() {
    return this.goal ?? { start: this.start, span: this.span };
  }

  x(day) {
    return (day - this.start) * this.scale;
  }

  day(x) {
    return this.start + x / this.scale;
  }

  #within({ start, span }) {
    const [low, high] = this.whole;
    const wide = Math.min(Math.max(span, 1), high - low);
    return { start: Math.min(Math.max(start, low), high - wide), span: wide };
  }

  #jump(to) {
    Object.assign(this, this.#within(to), { goal: null });
  }

  /** Shows a period, gliding there unless that would fly over much that nobody asked for. */
  show([start, end], glide = true) {
    this.speed = 0;
    const to = this.#within({ start, span: end - start });
    const apart = Math.abs(to.start + to.span / 2 - this.start - this.span / 2);
    const isFar = apart > 3 * Math.max(to.span, this.span);
    if (glide && !calm.matches && !isFar) this.goal = to;
    else this.#jump(to);
  }

  /** Zooms so that the day at x stays where it is; a factor above 1 goes closer. */
  zoom(factor, x, glide = true) {
    this.speed = 0;
    const { start, span } = this.aim;
    const [low, high] = this.whole;
    const wide = Math.min(Math.max(span / factor, 1), high - low);
    const to = this.#within({ start: start + (x / this.width) * (span - wide), span: wide });
    if (glide && !calm.matches) this.goal = to;
    else this.#jump(to);
  }

  pan(days, glide = false) {
    const to = { start: this.aim.start + days, span: this.aim.span };
    if (glide && !calm.matches) this.goal = this.#within(to);
    else this.#jump(to);
  }

  throw(speed) {
    this.speed = calm.matches ? 0 : speed;
  }

  stop() {
    this.speed = 0;
    this.goal = null;
  }

  /** Moves on by so many milliseconds; false once it rests. */
  step(ms) {
    if (this.speed) {
      const before = this.start;
      this.#jump({ start: this.start + this.speed * ms, span: this.span });
      this.speed *= Math.exp(-ms / FRICTION);
      if (Math.abs(this.speed * this.scale) < 0.04 || this.start === before) this.speed = 0;
      return this.speed !== 0;
    }
    if (!this.goal) return false;
    const { start, span } = this.goal;
    const left = Math.exp(-ms / GLIDE);
    const wide = span * (this.span / span) ** left;
    const change = this.span - span;
    if (Math.abs(change) > span * 1e-4) {
      // The day that stays in its place all the way through.
      const still = (start * this.span - this.start * span) / change;
      this.start = still - ((still - this.start) * wide) / this.span;
    } else this.start = start + (this.start - start) * left;
    this.span = wide;
    const offset = Math.abs(this.start - start) * this.scale;
    if (offset < 0.4 && Math.abs(this.span / span - 1) < 5e-4) this.#jump(this.goal);
    return this.goal !== null;
  }
}
