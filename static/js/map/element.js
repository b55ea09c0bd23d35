// <cubaru-map>: the map of places as the server drew it can be moved. Without this file every state is there as
// links; with it the same states are reached by moving, at the same addresses.
import { Dots } from "./dots.js";
import { followHands } from "./hands.js";
import { PlaceList } from "./list.js";
import { boxOf } from "./projection.js";
import { View } from "./view.js";
import { Words } from "./words.js";

const STEP = 2;
const PAN = 0.25;
const REST = 300; // ms without a move before the address and the status follow

class CubaruMap extends HTMLElement {
  connectedCallback() {
    const data = this.querySelector("script[type='application/json']");
    const list = document.getElementById("place-list");
    if (this.view || !data || !list) return;
    const config = JSON.parse(data.textContent);
    this.words = new Words(config);
    this.list = new PlaceList(list);
    this.frame = this.querySelector(".map__frame");
    this.ground = this.querySelector(".map__ground");
    this.status = this.querySelector(".map__status");
    this.dots = new Dots(this.querySelector(".map__dots"), this.list.places, this.words);
    this.view = new View(config, () => this.moved());
    this.querySelector(".map__keys").hidden = false;
    this.frame.classList.add("map__frame--moving");
    this.frame.tabIndex = -1;
    this.follow();
    new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      this.draw();
    }).observe(this.frame);
  }

  follow() {
    followHands(this.frame, this.view);
    this.addEventListener("click", (event) => this.pressed(event));
    this.addEventListener("keydown", (event) => this.typed(event));
    for (const name of ["pointerover", "focusin"])
      this.frame.addEventListener(name, (event) =>
        this.list.light(event.target.closest("a")?.dot?.cluster ?? []),
      );
    for (const name of ["pointerleave", "focusout"])
      this.frame.addEventListener(name, () => this.list.light([]));
    this.list.follow((place) => {
      for (const { link } of this.dots.used.values()) link.classList.remove("is-lit");
      if (place) this.dots.of(place)?.link.classList.add("is-lit");
    });
  }

  get isWhole() {
    const { left, top, width } = this.view.aim;
    const { whole } = this.view;
    return [left - whole.left, top - whole.top, width - whole.width].every((part) => Math.abs(part) < 0.5);
  }

  moved() {
    this.draw();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.settle(), REST);
  }

  draw() {
    if (!this.width) return;
    const { left, top, width, height } = this.view;
    this.ground.setAttribute("viewBox", [left, top, width, height].join(" "));
    const hadFocus = this.frame.contains(document.activeElement);
    this.dots.draw(this.view, this.width, (cluster) => this.hrefOf(cluster));
    // The dot that had the focus may have gone; the keys go on working.
    if (hadFocus && !this.frame.contains(document.activeElement)) this.frame.focus({ preventScroll: true });
  }

  /** A moment after the last move the list, the status and the address follow. */
  settle() {
    const { places } = this.list;
    const { isWhole } = this;
    this.list.filter((place) => this.view.holds(place), isWhole);
    const shown = places.filter((place) => this.view.holds(place)).length;
    this.status.textContent = this.words.status(shown, places.length);
    history.replaceState(history.state, "", this.address(isWhole ? null : this.view));
    const { aim } = this.view;
    for (const [name, factor] of [
      ["in", STEP],
      ["out", 1 / STEP],
    ]) {
      const width = aim.width / factor;
      const [left, top] = [aim.left + (aim.width - width) / 2, aim.top + (aim.width - width) * this.view.shape / 2];
      const part = this.view.within(left, top, left + width, top + width * this.view.shape);
      this.querySelector(`[data-go="${name}"]`).href = this.address(this.sized(part));
    }
  }

  sized(part) {
    return { ...part, height: part.width * this.view.shape };
  }

  address(part) {
    const query = new URLSearchParams(location.search);
    if (part) query.set("bbox", boxOf(part));
    else query.delete("bbox");
    const text = query.toString();
    return text ? `${location.pathname}?${text}` : location.pathname;
  }

  hrefOf(cluster) {
    return cluster.length === 1 ? cluster[0].url : this.address(this.sized(this.view.around(cluster)));
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    const link = event.target.closest("a");
    const go = link?.dataset.go;
    if (go === "in") this.view.zoom(STEP);
    else if (go === "out") this.view.zoom(1 / STEP);
    else if (go === "all") this.view.go(this.view.whole);
    else if (link?.dot?.cluster.length > 1) this.open(link.dot.cluster);
    else return;
    event.preventDefault();
  }

  /** Goes so near that the places of a cluster part; where they never do, to the first of them in the list. */
  open(cluster) {
    const to = this.view.around(cluster);
    const isThere = Math.abs(to.width - this.view.width) < 0.01 && Math.abs(to.left - this.view.left) < 0.01;
    if (isThere) cluster[0].link.focus();
    else this.view.go(to);
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { view } = this;
    const keys = {
      "+": () => view.zoom(STEP),
      "=": () => view.zoom(STEP),
      "-": () => view.zoom(1 / STEP),
      ArrowLeft: () => view.pan(-PAN, 0, true),
      ArrowRight: () => view.pan(PAN, 0, true),
      ArrowUp: () => view.pan(0, -PAN, true),
      ArrowDown: () => view.pan(0, PAN, true),
      Escape: () => view.go(view.whole),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  }
}

customElements.define("cubaru-map", CubaruMap);
