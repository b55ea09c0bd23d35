// What is drawn and not pressed: bars of counts, grid, axis, leaders, spans, eras, and the strip of all years.
// One canvas each; colours are those of the tokens.
import { isLong } from "./placing.js";

const CORNERS = {
  defence: [[0, -7.4], [8, 7], [-8, 7]],
  party: [[0, -8], [8, 0], [0, 8], [-8, 0]],
};
const COLOURS = ["paper", "sheet", "ink", "ink-2", "ink-3", "hair", "blue", "red", "line"];

export class Drawing {
  constructor(canvas, lanes) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.lanes = lanes;
  }

  /** Canvas knows no custom properties and no light-dark(): asks an element what they come to. */
  readColours() {
    const probe = document.createElement("i");
    this.canvas.after(probe);
    this.colours = {};
    for (const name of [...COLOURS, ...this.lanes]) {
      probe.style.color = `var(--${name})`;
      this.colours[name] = getComputedStyle(probe).color;
    }
    probe.style.color = "var(--red-tint)";
    this.colours.tint = getComputedStyle(probe).color;
    probe.remove();
    this.colours[""] = this.colours["ink-3"];
  }

  resize(width, height) {
    if (!this.colours) this.readColours();
    const dots = Math.min(devicePixelRatio || 1, 2);
    this.width = width;
    this.height = height;
    this.canvas.width = Math.round(width * dots);
    this.canvas.height = Math.round(height * dots);
    this.context.setTransform(dots, 0, 0, dots, 0, 0);
  }

  clear() {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  rect(colour, x, y, width, height) {
    this.context.fillStyle = this.colours[colour] ?? colour;
    this.context.fillRect(x, y, width, height);
  }

  /** The shape of a lane, 16 pixels wide around a point, as `.tl-mark` draws it. */
  mark(lane, x, y) {
    const { context } = this;
    context.fillStyle = this.colours[lane];
    context.beginPath();
    if (lane === "diplomacy") context.arc(x, y, 8, 0, 7);
    else if (lane === "science") context.arc(x, y + 4, 8, Math.PI, 0);
    else if (lane === "trade") context.rect(x - 7, y - 7, 14, 14);
    else if (lane === "culture") context.rect(x - 8, y - 4, 16, 8);
    else if (lane === "defence" || lane === "party") this.polygon(CORNERS[lane], x, y);
    else context.rect(x - 5, y - 5, 10, 10);
    context.fill();
  }

  polygon(corners, x, y) {
    for (const [right, down] of corners) this.context.lineTo(x + right, y + down);
  }

  grid(xs, top, bottom) {
    this.context.fillStyle = this.colours.hair;
    for (const x of xs) this.context.fillRect(Math.round(x), top, 1, bottom - top);
  }

  /** Bars of counts that stand on `base`; any event at all gives one of three pixels. */
  bars(view, bars, { base, height, most, colour, countOf }) {
    if (!most) return;
    this.context.fillStyle = this.colours[colour];
    for (const bar of bars) {
      const count = countOf(bar);
      if (!count) continue;
      const x = view.x(bar.start);
      const wide = view.x(bar.end) - x;
      const tall = Math.max(3, (height * count) / most);
      this.context.fillRect(x, base - tall, Math.max(wide - Math.min(wide * 0.14, 3), 1), tall);
    }
  }

  leader(x, top, bottom) {
    this.rect("ink", Math.round(x) - 0.75, top, 1.5, bottom - top);
  }

  disc(colour, x, y, radius) {
    this.context.fillStyle = this.colours[colour];
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 7);
    this.context.fill();
  }

  /**
   * The bar of an event that lasted, or of one whose day is not known: then it is an outline. What is only
   * about right has soft ends; what goes on over the edge of what is known fades away.
   */
  span(view, event, y, height) {
    const from = Math.max(view.x(event.start), -40);
    const to = Math.min(view.x(event.end), view.width + 40);
    if (!isLong(event) || to - from < 2) return;
    const { context } = this;
    const colour = this.colours[event.lane];
    const soft = Math.min((to - from) / 2, 28);
    const fill = context.createLinearGradient(from, 0, to, 0);
    const clear = colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0)");
    const part = soft / (to - from);
    fill.addColorStop(0, event.opens || event.isSoft ? clear : colour);
    fill.addColorStop(part, colour);
    fill.addColorStop(1 - part, colour);
    fill.addColorStop(1, event.runs || event.isSoft ? clear : colour);
    if (event.isSpan) {
      context.fillStyle = fill;
      context.fillRect(from, y, to - from, height);
      return;
    }
    context.strokeStyle = fill;
    context.lineWidth = 1.5;
    context.strokeRect(from + 0.75, y + 0.75, Math.max(to - from - 1.5, 1), height - 1.5);
  }

  /** A band under the axis; an end that is not known is hatched. */
  era(x, to, y, isOpen) {
    const { context } = this;
    const [from, end] = [Math.max(x, 0), Math.min(to, this.width)];
    if (end <= from) return;
    if (!isOpen) {
      this.rect("ink-3", from, y, end - from - 2, 4);
      return;
    }
    context.strokeStyle = this.colours["ink-3"];
    context.lineWidth = 1.5;
    context.save();
    context.beginPath();
    context.rect(from, y, end - from, 5);
    context.clip();
    context.beginPath();
    // From the start of the band, so that the hatch moves with it.
    for (let at = x + Math.ceil((from - x - 6) / 6) * 6; at < end + 6; at += 6) {
      context.moveTo(at, y + 5);
      context.lineTo(at + 5, y);
    }
    context.stroke();
    context.restore();
  }

  /** All years in a strip, with the window in red. */
  strip(bars, view, height) {
    const { whole } = view;
    const scale = this.width / (whole[1] - whole[0]);
    const most = Math.max(...bars.map((bar) => bar.count), 1);
    this.clear();
    const x = (view.start - whole[0]) * scale;
    const wide = Math.max(view.span * scale, 3);
    if (!view.isWhole) this.rect("tint", x, 0, wide, height);
    for (const bar of bars) {
      const tall = Math.max(2, ((height - 6) * bar.count) / most);
      const width = (bar.end - bar.start) * scale;
      this.rect("blue", (bar.start - whole[0]) * scale, height - tall, Math.max(width * 0.86, 1), tall);
    }
    if (view.isWhole) return;
    this.context.strokeStyle = this.colours.red;
    this.context.lineWidth = 3;
    this.context.strokeRect(Math.min(Math.max(x, 1.5), this.width - 4), 1.5, Math.max(wide - 3, 1), height - 3);
  }
}
