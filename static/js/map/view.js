// What part of the world is shown, in map units, and how it moves: by hand at once, by buttons and keys in a
// short glide. places/map_view.py draws the same views.
const GLIDE = 200; // ms
const MARGIN = 0.09;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  constructor({ view, whole, world, shape, narrowest }, moved) {
    Object.assign(this, { world, shape, narrowest, moved });
    this.whole = asPart(whole);
    Object.assign(this, asPart(view));
  }

  get height() {
    return this.width * this.shape;
  }

  /** Where the view is going, or is. */
  get aim() {
    return this.goal ?? { left: this.left, top: this.top, width: this.width };
  }

  /** The nearest part that holds the edges, as far as the map goes. */
  within(left, top, right, bottom) {
    const [west, north, east, south] = this.world;
    const widest = Math.min(east - west, (south - north) / this.shape);
    const wanted = Math.max(right - left, (bottom - top) / this.shape, this.narrowest);
    const width = Math.min(wanted, widest);
    const height = width * this.shape;
    return {
      left: clamp((left + right - width) / 2, west, east - width),
      top: clamp((top + bottom - height) / 2, north, south - height),
      width,
    };
  }

  around(points) {
    const xs = points.map(({ x }) => x);
    const ys = points.map(({ y }) => y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const wide = Math.max(right - left, (bottom - top) / this.shape);
    const margin = (Math.max(wide / (1 - 2 * MARGIN), this.narrowest) - wide) / 2;
    const over = margin * this.shape;
    return this.within(left - margin, top - over, right + margin, bottom + over);
  }

  holds({ x, y }) {
    const { left, top, width } = this;
    return x >= left && x <= left + width && y >= top && y <= top + this.height;
  }

  /** A factor above 1 comes nearer; what is at (x, y), parts of the map from 0 to 1, stays where it is. */
  zoom(factor, x = 0.5, y = 0.5, glide = true) {
    const { left, top, width } = this.aim;
    const [west, north, east, south] = this.world;
    const widest = Math.min(east - west, (south - north) / this.shape);
    const wide = clamp(width / factor, this.narrowest, widest);
    const [newLeft, newTop] = [left + x * (width - wide), top + y * (width - wide) * this.shape];
    this.go(this.within(newLeft, newTop, newLeft + wide, newTop + wide * this.shape), glide);
  }

  /** Moves by parts of the map. */
  pan(x, y, glide = false) {
    const { left, top, width } = this.aim;
    const [newLeft, newTop] = [left + x * width, top + y * width * this.shape];
    this.go(this.within(newLeft, newTop, newLeft + width, newTop + width * this.shape), glide);
  }

  go(to, glide = true) {
    cancelAnimationFrame(this.frame);
    if (!glide || calm.matches) {
      this.goal = null;
      Object.assign(this, to);
      this.moved();
      return;
    }
    this.goal = to;
    const from = { left: this.left, top: this.top, width: this.width };
    // The first frame's own time: it may lie before the moment at which the browser told us of the key.
    let start = null;
    const step = (now) => {
      start ??= now;
      const part = Math.min((now - start) / GLIDE, 1);
      const eased = 1 - (1 - part) ** 3;
      for (const side of ["left", "top", "width"]) this[side] = from[side] + (to[side] - from[side]) * eased;
      if (part === 1) this.goal = null;
      else this.frame = requestAnimationFrame(step);
      this.moved();
    };
    this.frame = requestAnimationFrame(step);
  }
}

const asPart = ([left, top, width]) => ({ left, top, width });
const clamp = (value, low, high) => Math.max(Math.min(value, high), low);
