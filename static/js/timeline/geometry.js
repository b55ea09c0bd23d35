// How the instrument is laid out: which of its forms fits the width and the window, and where its parts stand.
import { ROW } from "./placing.js";

// The last place, without a name, is for what runs in no lane; it is there only when something does.
export const LANES = ["diplomacy", "defence", "trade", "party", "science", "culture"];
const AXIS = 8;
const TICKS = 44;
const ERAS = 46;
const HEIGHT = 740;
const LEAST = 640; // with lanes
const LEAST_BARS = 110;
const LOW = 39; // a lane that only has bars
const YEARS = 365.25;
const NAME = 24; // of a lane, at its top
const CHIPS = 27; // at the foot of a lane

/**
 * The form: "spine" on phones, "lanes" where themes have rows for names, "stage" where names stand on leaders
 * above the bars. By theme, all years are a stage over low lanes; `last` gives the change some play.
 */
export function formOf({ width, view, span, last }) {
  if (width < 640) return "spine";
  if (view !== "lanes") return "stage";
  return span > (last === "stage" ? 38 : 42) * YEARS ? "stage" : "lanes";
}

/** `rows` says how many rows of names each lane gets, in the order of LANES. */
export function geometryOf({ form, view, rows, height: asked = HEIGHT }) {
  if (form === "spine") return { form, ...axisAt(132, 38), height: 132 + AXIS + 38 + ERAS, bars: 120, rows: 0, lanes: [] };
  const under = AXIS + TICKS + ERAS;
  const tall = view === "lanes" ? Math.max(asked, LEAST) : asked;
  if (form === "lanes") {
    let top = under;
    const lanes = placesOf(rows).map((name, place) => {
      const height = NAME + rows[place] * ROW.lanes + (rows[place] ? CHIPS : 8);
      top += height;
      return { name, top: top - height, height, rows: rows[place], bars: rows[place] ? CHIPS : 8, names: top - height + NAME };
    });
    // What rounding leaves goes to the last lane.
    lanes.at(-1).height += Math.max(tall - top, 0);
    return { form, ...axisAt(0, TICKS), height: tall, bars: 0, rows: 0, lanes };
  }
  const low = view === "lanes" ? LOW : 0;
  const axis = tall - under - CHIPS - 4 - low * LANES.length;
  const chips = axis + under;
  const named = Math.min(Math.max(Math.floor((axis - LEAST_BARS) / ROW.stage), 2), 6);
  const lanes = low ? LANES.map((name, place) => ({ name, top: chips + CHIPS + 4 + place * low, height: low, rows: 0, bars: 28 })) : [];
  return { form, ...axisAt(axis, TICKS), height: tall, rows: named, chips, bars: axis - named * ROW.stage - 8, lanes };
}

const axisAt = (axis, ticks) => ({ axis, thick: AXIS, ticks: axis + AXIS, eras: axis + AXIS + ticks });

const placesOf = (rows) => [...LANES, ""].slice(0, rows.length);

/** Rows for the lanes by how many events want a name in each: one if any, the rest shared out by need. */
export function rowsFor(counts, lane, asked = HEIGHT) {
  const lanes = placesOf(counts);
  const free = Math.max(asked, LEAST) - AXIS - TICKS - ERAS - lanes.length * NAME;
  if (lane) return lanes.map((name) => (name === lane ? Math.floor((free - CHIPS - 8 * (lanes.length - 1)) / ROW.lanes) : 0));
  const rows = counts.map((count) => (count ? 1 : 0));
  const open = rows.filter(Boolean).length;
  let left = Math.floor((free - open * CHIPS - (lanes.length - open) * 8) / ROW.lanes) - open;
  while (left > 0) {
    const need = counts.map((count, place) => (rows[place] ? (count / rows[place]) * Number(rows[place] < count) : 0));
    const most = Math.max(...need);
    if (most <= 0) break;
    rows[need.indexOf(most)] += 1;
    left -= 1;
  }
  return rows;
}
