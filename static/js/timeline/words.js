// Words and numbers in the page's language, out of what the page brings along.
import { briefly, dateOf } from "./days.js";

export class Words {
  constructor({ language, words, lanes, months }) {
    Object.assign(this, { words, lanes, months });
    const locale = { en: "en-GB", es: "es", ru: "ru" }[language] ?? language;
    const grouping = language === "en" ? "always" : "min2";
    this.language = language;
    this.numbers = new Intl.NumberFormat(locale, { useGrouping: grouping });
    this.plurals = new Intl.PluralRules(locale);
    const of = (options) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    this.names = new Map();
    this.byMonth = of({ year: "numeric", month: "long" });
    this.byDay = of({ year: "numeric", month: "long", day: "numeric" });
  }

  number(count) {
    return this.numbers.format(count);
  }

  /** A sentence with its places filled in: `{number}` and the like. */
  say(name, places = {}) {
    let text = this.words[name];
    if (typeof text === "object") text = text[this.plurals.select(places.count)] ?? text.other;
    const all = "count" in places ? { number: this.number(places.count), ...places } : places;
    return text.replace(/\{(\w+)\}/g, (_, place) => all[place]);
  }

  /** As `period`, remembered: the labels of the axis come again and again. */
  name(period) {
    const key = period.join();
    if (!this.names.has(key)) {
      if (this.names.size > 500) this.names.clear();
      this.names.set(key, this.period(period));
    }
    return this.names.get(key);
  }

  /** `period` where a sentence begins. */
  heading(period) {
    return this.period(period).replace(/^./, (letter) => letter.toUpperCase());
  }

  /** What a window is called within a sentence: "October 1962", "1960–1969", "24 September – 26 November 1962". */
  period([start, end]) {
    const [first, last] = briefly([start, end]);
    if (first.length === 4) return first === last ? first : `${first}–${last}`;
    const format = first.length === 7 ? this.byMonth : this.byDay;
    const text = format.formatRange(dateOf(start), dateOf(end - 1));
    return ranged(text, this.language);
  }
}

/** A range as the server writes it: in words in Spanish; in Russian with a long dash, and the year once. */
function ranged(text, language) {
  if (language === "es") return text.replace(/^(\d.*?)\s?–\s?/, "del $1 al ").replace(/^(\D.*?)\s?–\s?/, "de $1 a ");
  if (language === "ru") return text.replace(/\s–\s/, " — ").replace(/^(.*?)\s(\d{4})\sг\.(\s—.*\s\2\sг\.)$/, "$1$3");
  return text.replace(/^(\S+)\s–\s/, "$1–");
}
