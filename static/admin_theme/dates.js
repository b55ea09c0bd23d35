// Says while a historical date is typed how it reads, or what is wrong with it. Without this script the
// reading stands there once the date is saved.
const PAUSE = 300;

const waiting = new WeakMap();
const asking = new WeakMap();

const calendarOf = (input) => document.getElementById(`${input.id}_calendar`);

// The place is in the same row of the form, or in its section; rows within the row come after it.
const placeOf = (input) =>
  input.closest(".part-body, .section")?.querySelector(`[data-reading-of="${input.dataset.historicalDate}"]`);

const piece = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const listOf = (words, days) => {
  const list = piece("ul", "", { class: "date-reading" });
  for (const [language, text] of Object.entries(words)) {
    const item = document.createElement("li");
    item.append(piece("span", language.toUpperCase(), { class: "tag" }), " ", piece("span", text, { lang: language }));
    list.append(item);
  }
  list.append(piece("li", days, { class: "date-bounds" }));
  return list;
};

const say = (input, place, { words, days, fault }) => {
  if (fault) place.replaceChildren(piece("p", fault, { class: "date-fault" }));
  else place.replaceChildren(...(words ? [listOf(words, days)] : []));
  if (fault) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
};

const ask = async (input) => {
  const place = placeOf(input);
  if (!place) return;
  asking.get(input)?.abort();
  const stop = new AbortController();
  asking.set(input, stop);
  const query = new URLSearchParams({ edtf: input.value });
  const calendar = calendarOf(input);
  if (calendar) query.set("calendar", calendar.value);
  try {
    const answer = await fetch(`${place.dataset.address}?${query}`, {
      headers: { Accept: "application/json" },
      redirect: "error", // to the sign-in, when the session is over
      signal: stop.signal,
    });
    if (!answer.ok) throw new Error(answer.statusText);
    say(input, place, await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") place.replaceChildren(piece("p", place.dataset.failed, { class: "help" }));
  }
};

const askSoon = (input) => {
  clearTimeout(waiting.get(input));
  waiting.set(input, setTimeout(ask, PAUSE, input));
};

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-historical-date]")) askSoon(target);
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches("select[id$=_calendar]")) return;
  const input = document.getElementById(target.id.replace(/_calendar$/, ""));
  if (input?.matches("[data-historical-date]")) askSoon(input);
});
