// Says every so often that a form is still open, and who else has the record open.
"use strict";
{
  const EVERY = 20_000;

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-presence]");
    if (!place) return;
    const body = (more = {}) => {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", place.closest("form").elements.csrfmiddlewaretoken.value);
      for (const [name, value] of Object.entries(more)) data.append(name, value);
      return data;
    };
    const show = (sentence) => {
      if ((place.textContent ?? "").trim() === sentence) return; // a live region says again what is set again
      place.replaceChildren();
      if (!sentence) return;
      const said = document.createElement("p");
      said.textContent = sentence;
      place.append(said);
    };
    const beat = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(place.dataset.presence, { method: "POST", body: body() });
        if (answer.ok && !answer.redirected) show((await answer.json()).others);
      } catch {
        // Without a connection nobody can be told; the next time will come.
      }
    };
    setInterval(beat, EVERY);
    document.addEventListener("visibilitychange", beat);
    addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.presence, body({ leave: "1" })));
    addEventListener("pageshow", (event) => event.persisted && beat());
  });
}
