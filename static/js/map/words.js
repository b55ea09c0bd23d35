// Words and numbers in the page's language, out of what the page brings along.
const MOST_NAMED = 3;

export class Words {
  constructor({ language, words }) {
    const locale = { en: "en-GB", es: "es", ru: "ru" }[language] ?? language;
    const grouping = language === "en" ? "always" : "min2";
    this.words = words;
    this.numbers = new Intl.NumberFormat(locale, { useGrouping: grouping });
    this.plurals = new Intl.PluralRules(locale);
  }

  number(count) {
    return this.numbers.format(count);
  }

  /** A sentence with its places filled in: `%(number)s` and the like. */
  say(name, places, count = places.number) {
    let text = this.words[name];
    if (typeof text === "object") text = text[this.plurals.select(count)] ?? text.other;
    return text.replace(/%\((\w+)\)s/g, (_, place) =>
      typeof places[place] === "number" ? this.number(places[place]) : places[place],
    );
  }

  events(number) {
    return this.say("events", { number });
  }

  /** "17 places, 148 events" */
  both(places, events) {
    return this.say("both", { places: this.say("places", { number: places }), events: this.events(events) });
  }

  /** What a dot is called to whoever does not see it. */
  title(cluster, events) {
    const [{ name }] = cluster;
    if (cluster.length === 1) return events ? `${name}, ${this.events(events)}` : name;
    return events ? `${this.both(cluster.length, events)}: ${names(cluster)}` : names(cluster);
  }

  /** What stands beside a dot. */
  label(cluster, events) {
    const [{ name }] = cluster;
    if (cluster.length === 1) return name;
    if (!events) return names(cluster);
    return this.say("label", { name, more: cluster.length - 1, events: this.events(events) });
  }

  status(shown, total) {
    return this.say("status", { shown, total }, total);
  }
}

function names(cluster) {
  const named = cluster.slice(0, MOST_NAMED).map(({ name }) => name);
  return named.join(", ") + (cluster.length > MOST_NAMED ? " …" : "");
}
