// On phones the events in view stand one below the other under the bars; between them is said how many more
// there are. The list follows when the view rests, so nothing moves under the finger.
import { make } from "./links.js";
import { measure } from "./placing.js";
import { byRank, byTime } from "./tiles.js";

const MOST = 12;

export function showSpine(list, instrument) {
  const { view, words, config } = instrument;
  const isIn = (one) => one.start < view.end && one.end > view.start;
  const events = instrument.events.filter(isIn).sort(byRank).slice(0, MOST).sort(byTime);
  const bars = instrument.bars.filter((bar) => bar.start >= view.start - 0.5 && bar.start < view.end - 0.5);
  bars.sort((one, other) => one.start - other.start);
  const items = [];
  let [rest, restFrom, place] = [0, view.start, 0];
  const tellRest = (until) => {
    if (rest > 0) items.push(more([restFrom, until], rest));
    rest = 0;
  };
  for (const bar of bars) {
    const inBar = [];
    while (place < events.length && events[place].start < bar.end) inBar.push(events[place++]);
    if (inBar.length) {
      tellRest(bar.start);
      items.push(...inBar.map(entry));
      restFrom = bar.start;
    }
    rest += bar.count - inBar.filter((event) => event.start >= bar.start).length;
  }
  items.push(...events.slice(place).map(entry));
  tellRest(view.end);
  replaceKeepingFocus(list, items);
  return events.length;

  function more(period, count) {
    const ends = period.map(Math.round);
    const item = make("li", "spine__more");
    const link = item.appendChild(make("a", "", words.say("more", { count, period: words.period(ends) })));
    link.href = config.href(ends, view.span < 3);
    link.dataset.period = ends.join();
    return item;
  }

  function entry(event) {
    measure(event, instrument.lettering);
    const item = make("li");
    item.append(make("i", `tl-mark tl-mark--spine lane-${event.lane || "none"}`));
    item.append(make("p", "date date--red", event.date));
    const title = item.appendChild(make(`h${config.heading}`, "spine__title"));
    const link = title.appendChild(make("a", "", event.title));
    link.href = event.url;
    link.dataset.slug = event.slug;
    if (event.language) link.lang = event.language;
    if (event.lane) item.append(make("p", "quiet", words.lanes[event.lane]));
    return item;
  }
}

/** Who had the focus on a link of the list has it on the link that says the same, or else on the first. */
function replaceKeepingFocus(list, items) {
  const had = list.contains(document.activeElement) ? document.activeElement.dataset : null;
  list.replaceChildren(...items);
  if (!had) return;
  const links = [...list.querySelectorAll("a")];
  const same = links.find(({ dataset }) => dataset.slug === had.slug && dataset.period === had.period);
  (same ?? links[0])?.focus({ preventScroll: true });
}
