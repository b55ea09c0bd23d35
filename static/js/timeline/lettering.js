// What is written on the canvas while the view moves. Type and colour are asked of the elements that stand there
// when it rests, so that one takes the other's place unseen.
import { make } from "./links.js";
import { LONGEST } from "./placing.js";

const KINDS = { date: "tl-event__date", title: "tl-event__title", tick: "tl-tick", era: "tl-era", chip: "tl-chip" };
const MARK = 22; // px from the start of a mark to what follows it
const APART = 6; // px between the date and the name in a row

export class Lettering {
  constructor(drawing) {
    Object.assign(this, { drawing, context: drawing.context });
    this.read();
  }

  /** Anew whenever the page may look otherwise. */
  read() {
    const probes = Object.entries(KINDS).map(([kind, classes]) => [kind, document.body.appendChild(make("span", classes))]);
    this.styles = {};
    for (const [kind, probe] of probes) {
      const { fontWeight, fontSize, fontFamily, lineHeight, color } = getComputedStyle(probe);
      this.styles[kind] = { font: `${fontWeight} ${fontSize} ${fontFamily}`, line: parseFloat(lineHeight), colour: color };
    }
    for (const [, probe] of probes) probe.remove();
  }

  get fonts() {
    return Object.values(this.styles).map(({ font }) => font);
  }

  widthOf(kind, text) {
    this.context.font = this.styles[kind].font;
    return this.context.measureText(text).width;
  }

  /** One line of text, which begins at x, or ends there. */
  write(kind, text, x, top, isEnd = false) {
    const { context } = this;
    const style = this.styles[kind];
    context.font = style.font;
    context.fillStyle = style.colour;
    context.textAlign = isEnd ? "end" : "start";
    context.fillText(text, x, Math.ceil(top + this.#baseline(style) - 0.5)); // halves go up, as in a page
  }

  /** How far under the top of a line its letters stand; known when the font has come. */
  #baseline(style) {
    if (style.baseline === undefined) {
      const { fontBoundingBoxAscent, fontBoundingBoxDescent } = this.context.measureText("x");
      const [ascent, descent] = [Math.round(fontBoundingBoxAscent), Math.round(fontBoundingBoxDescent)];
      style.baseline = Math.floor((style.line - ascent - descent) / 2) + ascent;
    }
    return style.baseline;
  }

  tick({ text }, x, y) {
    this.write("tick", text, x + 2, y);
  }

  era({ text }, x, y) {
    this.write("era", text, x, y + 2);
  }

  /** A box around how many there are. */
  chip({ text }, x, y) {
    const { context, drawing, styles } = this;
    const wide = Math.max(this.widthOf("chip", text) + 16, 48);
    drawing.rect("ink", x, y, wide, 24);
    drawing.rect("paper", x + 2, y + 2, wide - 4, 20);
    context.fillStyle = styles.chip.colour;
    this.write("chip", text, x + (wide - this.widthOf("chip", text)) / 2, y + 12 - styles.chip.line / 2);
  }

  /** The date and at most two lines of the name beside a leader. */
  nameOnStage(event, x, y, isEnd) {
    this.write("date", event.date, x, y + 6, isEnd);
    this.linesOf(event).forEach((line, place) => this.write("title", line, x, y + 6 + this.styles.date.line + place * this.styles.title.line, isEnd));
  }

  /** Mark, date and name in one row; before its mark it ends with it. */
  nameInRow(event, x, y, isEnd) {
    const [date, full] = [this.widthOf("date", event.date), this.widthOf("title", event.title)];
    const name = Math.min(full, LONGEST);
    event.cut ??= full > LONGEST ? this.#cut(event.title, LONGEST) : event.title;
    const wide = MARK + date + APART + name;
    const from = isEnd ? x + 8 - wide : x - 8;
    this.drawing.rect("paper", from, y, wide, 20);
    this.drawing.mark(event.lane, x, y + 10);
    const start = isEnd ? from : from + MARK;
    this.write("date", event.date, start, y + 10 - this.styles.date.line / 2);
    this.write("title", event.cut, start + date + APART, y + 10 - this.styles.title.line / 2);
  }

  /** The name in at most two lines; what is cut ends in three dots. */
  linesOf(event) {
    return (event.lines ??= this.#twoLines(event));
  }

  #twoLines({ title, boxWidth }) {
    const lines = [""];
    for (const word of title.split(/\s+/)) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (!lines.at(-1) || this.widthOf("title", longer) <= boxWidth) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.length > 2 ? [lines[0], this.#cut(`${lines[1]} `, boxWidth)] : lines;
  }

  /** The start of a text that is longer than there is room for. */
  #cut(text, width) {
    let [fits, least] = [0, text.length];
    while (least - fits > 1) {
      const middle = (fits + least) >> 1;
      if (this.widthOf("title", `${text.slice(0, middle)}…`) <= width) fits = middle;
      else least = middle;
    }
    return `${text.slice(0, fits)}…`;
  }
}
