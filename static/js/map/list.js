// The list beside the map: it shows what is in view, and lights up with the dots.
export class PlaceList {
  constructor(list) {
    this.list = list;
    this.items = [...list.querySelectorAll("li")];
    this.groups = [...list.querySelectorAll("section")];
    this.all = list.querySelector(".place-countries__all");
    this.places = this.items
      .filter((item) => item.dataset.slug)
      .map((item) => {
        const { slug, x, y, events } = item.dataset;
        const link = item.querySelector("a");
        const named = link.querySelector("[lang]");
        const name = (named ?? link).firstChild.data.trim();
        const language = named?.lang;
        return { slug, name, language, url: link.getAttribute("href"), x: +x, y: +y, events: +events, item, link };
      })
      .sort((one, other) => other.events - one.events || (one.slug < other.slug ? -1 : 1));
    this.byItem = new Map(this.places.map((place) => [place.item, place]));
  }

  /** Shows the places for which `isShown` holds, and with all of them those that are nowhere on the map. */
  filter(isShown, isWhole) {
    for (const item of this.items) {
      const place = this.byItem.get(item);
      item.hidden = place ? !isShown(place) : !isWhole;
    }
    for (const group of this.groups) group.hidden = !group.querySelector("li:not([hidden])");
    if (this.all) this.all.hidden = isWhole;
  }

  light(places) {
    for (const { item } of this.places) item.classList.remove("is-lit");
    for (const { item } of places) item.classList.add("is-lit");
  }

  /** Calls `pointed` with the place that is looked at in the list, or null. */
  follow(pointed) {
    const placeOf = (event) => this.byItem.get(event.target.closest?.("li")) ?? null;
    for (const name of ["pointerover", "focusin"])
      this.list.addEventListener(name, (event) => pointed(placeOf(event)));
    for (const name of ["pointerleave", "focusout"]) this.list.addEventListener(name, () => pointed(null));
  }
}
