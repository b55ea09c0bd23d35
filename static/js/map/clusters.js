// Places that would touch are one dot, and names stand where no dot and no other name is: as
// places/map_drawing.py has it.
const APART = 34; // px
const LETTER = 7.4;
const LINE = 20;

/** The places in view, those together that would touch; `places` have those of most events first. */
export function clusters(places, view, width) {
  const found = [];
  const scale = width / view.width;
  for (const place of places) {
    const near = found.find(([first]) => Math.hypot(first.x - place.x, first.y - place.y) * scale < APART);
    if (near) near.push(place);
    else if (view.holds(place)) found.push([place]);
  }
  return found;
}

export const eventsOf = (cluster) => cluster.reduce((sum, place) => sum + place.events, 0);

export function radius(cluster) {
  const least = cluster.length === 1 ? 5 : 11;
  return Math.min(Math.max(4 + 1.6 * Math.sqrt(eventsOf(cluster)), least), 26);
}

/** Where names may stand on a map of this size. */
export class Labels {
  constructor(width, height) {
    Object.assign(this, { width, height, taken: [] });
  }

  keepFree(x, y, reach) {
    this.taken.push([x - reach, y - reach, x + reach, y + reach]);
  }

  /** To the right of the dot, to its left, above or below; null where there is no room. */
  place(x, y, reach, text) {
    const length = text.length * LETTER + 4;
    const away = reach + 4;
    for (const place of [
      { anchor: "start", x: away, y: 0, left: x + away },
      { anchor: "end", x: -away, y: 0, left: x - away - length },
      { anchor: "middle", x: 0, y: -away - 6, left: x - length / 2 },
      { anchor: "middle", x: 0, y: away + 6, left: x - length / 2 },
    ]) {
      const middle = y + place.y;
      const box = [place.left, middle - LINE / 2, place.left + length, middle + LINE / 2];
      const isInside = box[0] >= 0 && box[2] <= this.width && box[1] >= 0 && box[3] <= this.height;
      if (isInside && !this.taken.some((other) => touch(box, other))) {
        this.taken.push(box);
        return place;
      }
    }
    return null;
  }
}

const touch = (one, other) =>
  one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
