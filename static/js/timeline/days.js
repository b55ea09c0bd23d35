// Days and calendar periods. A day is a number: 0 is 1 January 1900, as in the API's tiles; parts of days are
// places on the axis. Periods are [first day, day after the last].
const DAY = 86_400_000;
const ORIGIN = Date.UTC(1900, 0, 1);

export const dayOf = (year, month = 0, day = 1) => (Date.UTC(year, month, day) - ORIGIN) / DAY;
export const dateOf = (day) => new Date(ORIGIN + Math.floor(day) * DAY);
export const monthOf = (day) => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth();
export const iso = (day) => dateOf(day).toISOString().slice(0, 10);

const fromMonth = (month) => dayOf(Math.floor(month / 12), month % 12);

/** The period that a year, month or day of the calendar is ("1962", "1962-10", "1962-10-22"); null for others. */
export function periodOf(text) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text.trim());
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (year < 1000 || month < 1 || month > 12) return null;
  if (month === undefined) return [dayOf(year), dayOf(year + 1)];
  if (day === undefined) return [dayOf(year, month - 1), dayOf(year, month)];
  const first = dayOf(year, month - 1, day);
  return monthOf(first) === year * 12 + month - 1 && day > 0 ? [first, first + 1] : null;
}

/** The ends of a period as the address and the form have them: as briefly as can be. */
export function briefly([start, end]) {
  const [first, last] = [iso(start), iso(end - 1)];
  if (first.endsWith("-01-01") && last.endsWith("-12-31")) return [first.slice(0, 4), last.slice(0, 4)];
  const wholeMonths = first.endsWith("-01") && dateOf(end).getUTCDate() === 1;
  return wholeMonths ? [first.slice(0, 7), last.slice(0, 7)] : [first, last];
}

/** Steps of the calendar, the widest first: how many months, or days when `months` is 0. */
export const STEPS = [
  ...[600, 240, 120, 60, 24, 12, 6, 3, 1].map((months) => ({ months, days: months * 30.44 })),
  ...[10, 5, 2, 1].map((days) => ({ months: 0, days })),
];

/** The narrowest step that is at least so many days wide. */
export const stepOfAtLeast = (days) => STEPS.findLast((step) => step.days >= days) ?? STEPS[0];

/** The periods of a step that touch a period, in order. Steps of days begin anew with each month. */
export function* periods(step, from, to) {
  if (step.months) {
    let month = Math.floor(monthOf(from) / step.months) * step.months;
    for (let start = fromMonth(month); start < to; start = fromMonth(month)) {
      month += step.months;
      yield [start, fromMonth(month)];
    }
    return;
  }
  const wide = Math.round(step.days);
  for (let month = monthOf(from); fromMonth(month) < to; month += 1) {
    const [first, end] = [fromMonth(month), fromMonth(month + 1)];
    for (let start = first; start < end; ) {
      // What is left of a month at its end is too short for a period of its own.
      const next = end - start < wide * 1.5 ? end : start + wide;
      if (next > from && start < to) yield [start, next];
      start = next;
    }
  }
}

/** The nearest whole years, months or days around what a window shows, fit for an address. */
export function rounded(start, end) {
  const span = end - start;
  if (span < 500) return [Math.round(start), Math.max(Math.round(end), Math.round(start) + 1)];
  const months = span > 365 * 25 ? 12 : 1;
  const near = (day) => {
    const below = Math.floor(monthOf(day) / months) * months;
    const [one, other] = [fromMonth(below), fromMonth(below + months)];
    return day - one < other - day ? one : other;
  };
  return [near(start), near(end)];
}
