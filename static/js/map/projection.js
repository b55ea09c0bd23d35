// Map units into degrees; places/projection.py says which projection it is, and does the way there.
const UNITS = 100;

const longitude = (x) => (x / UNITS <= 180 ? x / UNITS : x / UNITS - 360);
const latitude = (y) => (Math.atan(Math.sinh((-0.8 * y * Math.PI) / (180 * UNITS))) * 1.25 * 180) / Math.PI;

/** A view as `?bbox=` of an address: west, south, east, north, as exact as shows. */
export function boxOf({ left, top, width, height }) {
  const digits = width < 500 ? 3 : 1;
  const degrees = [longitude(left), latitude(top + height), longitude(left + width), latitude(top)];
  return degrees.map((part) => part.toFixed(digits)).join();
}
