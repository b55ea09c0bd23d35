// Which events are named, and where, so that nothing touches. Places are worked out at the least scale of a
// step of the zoom, in pixels that do not depend on what is in view: within the step anchors only move apart
// while names keep their size, and panning changes nothing. So names do not flicker.

const GAP = 10;
const TARGET = 26; // a mark that can be hit with a finger or a pen
const LINE = 165;
const SHORT = 90;

export const ROW = { stage: 64, lanes: 28 };

/** A name in a row is cut where it would be longer. */
export const LONGEST = 320;

/** Text in one line or in two of like width. */
export function twoLines(text, widthOf) {
  if (widthOf(text) <= SHORT) return [text];
  const words = text.split(" ");
  let best = [text, ""];
  for (let cut = 1; cut < words.length; cut += 1) {
    const lines = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")];
    if (Math.max(...lines.map(widthOf)) < Math.max(...best.map(widthOf))) best = lines;
  }
  return best;
}

/** Gives each event the widths of what would be written of it, once. */
export function measure(event, lettering) {
  if (event.dateWidth) return;
  event.dateWidth = Math.ceil(lettering.widthOf("date", event.date)) + 1;
  const widthOf = (text) => lettering.widthOf("title", text);
  const lines = twoLines(event.title, widthOf).map(widthOf);
  event.nameWidth = Math.ceil(widthOf(event.title)) + 1;
  event.boxWidth = Math.min(Math.ceil(Math.max(...lines)) + 2, LINE);
}

/** Those that were named before go first while one zooms in, and get a start of one level on the way out. */
function inOrder(events, before, isCloser) {
  const kept = (event) => before.get(event)?.isNamed;
  const level = (event) => event.level - (kept(event) ? (isCloser ? 100 : 1) : 0);
  return [...events].sort(
    (one, other) =>
      level(one) - level(other) ||
      other.importance - one.importance ||
      one.start - other.start ||
      (one.slug < other.slug ? -1 : 1),
  );
}

const clash = (one, other) => one.from < other.to + GAP && other.from < one.to + GAP;

/**
 * Names on leaders above the bars: a leader runs from its row down and crosses no name. Beside the named
 * ones there are bare marks where there is room for them.
 */
export function placeOnStage(events, { scale, rows, bounds, most, before, isCloser, withMarks }) {
  const placed = new Map();
  const named = [];
  const marks = [];
  const [low, high] = bounds;
  for (const event of inOrder(events, before, isCloser)) {
    const x = anchorOf(event) * scale;
    const isFree = marks.every((mark) => Math.abs(mark - x) >= TARGET);
    const width = Math.max(event.dateWidth, event.boxWidth);
    const last = before.get(event);
    let found = null;
    if (isFree && named.length < most) {
      const options = [];
      for (let row = 0; row < rows; row += 1) {
        for (const side of ["after", "before"]) {
          const from = side === "after" ? x + 8 : x - 8 - width;
          const to = from + width;
          if (from >= low && to <= high) options.push({ row, side, from, to, x, isNamed: true });
        }
      }
      // What was named stays where it was if it can.
      options.sort((one, other) => isSame(other, last) - isSame(one, last));
      found = options.find((option) => named.every((other) => !touches(option, other)));
    }
    if (found) {
      named.push(found);
      marks.push(x);
      placed.set(event, found);
    } else if (isFree && withMarks && x >= low && x <= high) {
      marks.push(x);
      placed.set(event, { row: rows, side: "after", x, isNamed: false });
    }
  }
  return placed;
}

const isSame = (option, last) => Number(Boolean(last?.isNamed && last.row === option.row && last.side === option.side));

function touches(one, other) {
  if (one.row === other.row && clash(one, other)) return true;
  const crosses = (leader, name) => leader.row <= name.row && leader.x > name.from - GAP && leader.x < name.to + GAP;
  return crosses(one, other) || crosses(other, one);
}

/** Marks in rows, each with its name after or before it, or bare; bars are reserved whole. */
export function placeInRows(events, { scale, rows, bounds, before, isCloser }) {
  const placed = new Map();
  const taken = Array.from({ length: rows }, () => []);
  for (const event of inOrder(events, before, isCloser)) {
    const x = anchorOf(event) * scale;
    const end = isLong(event) ? event.end * scale : x;
    const width = TARGET / 2 + event.dateWidth + 6 + Math.min(event.nameWidth, LONGEST);
    const options = [];
    for (let row = 0; row < rows; row += 1) {
      options.push({ row, side: "after", from: x - 11, to: Math.max(x + width, end), isNamed: true });
    }
    for (let row = 0; row < rows; row += 1) {
      options.push({ row, side: "before", from: x - width, to: Math.max(x + 11, end), isNamed: true });
    }
    const last = before.get(event);
    options.sort((one, other) => isSame(other, last) - isSame(one, last));
    for (let row = 0; row < rows; row += 1) {
      options.push({ row, side: "after", from: x - TARGET / 2, to: Math.max(x + TARGET / 2, end), isNamed: false });
    }
    const found = options.find(
      (option) =>
        (!option.isNamed || isWithin(option, bounds, width, end)) &&
        taken[option.row].every((other) => !clash(option, other)),
    );
    if (!found) continue;
    taken[found.row].push(found);
    placed.set(event, { ...found, x });
  }
  return placed;
}

/** Names are not cut by the edge. After a bar's start they may stay in view while the bar reaches far enough. */
function isWithin({ side, from, to }, [low, high], width, end) {
  if (side === "before") return from >= low && to <= high + width;
  const start = Math.max(from, low);
  return start + width <= high && (start === from || end - start >= width);
}

/** Whether it is drawn as a bar: it lasted, or it is not known on which day it was. */
export const isLong = (event) => event.end - event.start > 1;

/** Where an event stands on the axis. */
export const anchorOf = (event) => event.start + (isLong(event) ? 0 : 0.5);
