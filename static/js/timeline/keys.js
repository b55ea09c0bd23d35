// The keyboard: arrows go from event to event, + and - zoom, Home and End go to the ends, Escape goes back out.
import { LANES } from "./geometry.js";
import { anchorOf } from "./placing.js";
import { byTime } from "./tiles.js";

const CLOSER = 2;

/** `went` is called after every key that moved the view. */
export function followKeys(plot, instrument, { went, escape }) {
  const { view } = instrument;

  const here = () => instrument.names.eventOf(instrument.current);

  /** Gives the focus to an event, which the view is moved to if it is not in it. */
  const goTo = (event) => {
    if (!event) return false;
    const { start, span } = view.aim;
    const at = anchorOf(event);
    if (at < start + span * 0.04 || at > start + span * 0.96) {
      view.show([at - span / 2, at + span / 2]);
      went();
    }
    instrument.focusOn(event.slug);
    return true;
  };

  const neighbour = (step) => {
    const events = [...instrument.placed.keys()].sort(byTime);
    const place = events.indexOf(here());
    return events[place + step];
  };

  /** The nearest event in the next lane that has one. */
  const inLane = (step) => {
    const event = here();
    if (!event) return null;
    const events = [...instrument.placed.keys()];
    const lanes = [...LANES, ""];
    for (let lane = lanes.indexOf(event.lane) + step; lane >= 0 && lane < lanes.length; lane += step) {
      const found = events.filter((other) => other.lane === lanes[lane]);
      const away = (other) => Math.abs(anchorOf(other) - anchorOf(event));
      if (found.length) return found.reduce((one, other) => (away(other) < away(one) ? other : one));
    }
    return null;
  };

  const zoom = (factor) => {
    const event = here();
    const x = event ? Math.min(Math.max(view.x(anchorOf(event)), 0), view.width) : view.width / 2;
    view.zoom(factor, x);
    went();
  };

  const toEnd = (isEnd) => {
    const { span } = view.aim;
    view.show(isEnd ? [view.whole[1] - span, view.whole[1]] : [view.whole[0], view.whole[0] + span]);
    instrument.focusEnd = isEnd ? "last" : "first";
    went();
  };

  const beyond = (step) => {
    view.pan(step * view.aim.span * 0.8, true);
    instrument.focusEnd = step > 0 ? "first" : "last";
    went();
  };

  const keys = {
    ArrowRight: () => goTo(neighbour(1)) || beyond(1),
    ArrowLeft: () => goTo(neighbour(-1)) || beyond(-1),
    ArrowDown: () => goTo(inLane(1)),
    ArrowUp: () => goTo(inLane(-1)),
    "+": () => zoom(CLOSER),
    "=": () => zoom(CLOSER),
    "-": () => zoom(1 / CLOSER),
    Home: () => toEnd(false),
    End: () => toEnd(true),
    Escape: escape,
  };

  plot.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
