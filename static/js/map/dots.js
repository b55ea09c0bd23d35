// Draws the dots of a view. A dot keeps its element as long as its first place leads it, and so the focus.
import { Labels, clusters, eventsOf, radius } from "./clusters.js";

const BASELINE = 5; // px from the middle of a line down to the foot of its letters
const SVG = "http://www.w3.org/2000/svg";

export class Dots {
  constructor(group, places, words) {
    Object.assign(this, { group, places, words });
    this.used = new Map();
    this.clusters = [];
    group.replaceChildren();
  }

  draw(view, width, hrefOf) {
    const height = width * view.shape;
    const at = ({ x, y }) => [(x - view.left) / view.width, (y - view.top) / view.height];
    const labels = new Labels(width, height);
    this.clusters = clusters(this.places, view, width);
    for (const cluster of this.clusters) {
      const [x, y] = at(cluster[0]);
      labels.keepFree(x * width, y * height, radius(cluster));
    }
    const gone = new Set(this.used.keys());
    for (const cluster of this.clusters) {
      const [x, y] = at(cluster[0]);
      const { slug } = cluster[0];
      gone.delete(slug);
      if (!this.used.has(slug)) this.used.set(slug, this.make());
      const dot = this.used.get(slug);
      dot.cluster = cluster;
      this.fill(dot, cluster, hrefOf(cluster));
      for (const part of [dot.at, dot.words]) set(part, { x: `${x * 100}%`, y: `${y * 100}%` });
      this.name(dot, cluster, labels, x * width, y * height);
    }
    for (const slug of gone) {
      const { link, words } = this.used.get(slug);
      link.remove();
      words.remove();
      this.used.delete(slug);
    }
  }

  make() {
    const link = element("a", { class: "map__dot" });
    const title = element("title");
    const at = element("svg", { overflow: "visible" })
    const words = element("svg", { class: "map__words", overflow: "visible", "aria-hidden": "true" });
    const halo = element("circle", { class: "map__halo", r: 22 });
    const disc = element("circle", { class: "map__disc" });
    const count = element("text", { class: "map__count", dy: 5, "text-anchor": "middle" });
    const name = element("text", { class: "map__name" });
    at.append(halo, disc);
    words.append(count, name);
    link.append(title, at);
    this.group.append(link, words);
    const dot = { link, title, at, words, disc, count, name };
    link.dot = dot;
    return dot;
  }

  fill(dot, cluster, href) {
    const title = this.words.title(cluster, eventsOf(cluster));
    const isSeveral = cluster.length > 1;
    set(dot.link, { href });
    if (dot.title.textContent === title) return;
    dot.title.textContent = title;
    dot.link.classList.toggle("map__dot--several", isSeveral);
    set(dot.link, { "aria-label": title });
    set(dot.disc, { r: radius(cluster).toFixed(1) });
    dot.count.textContent = isSeveral ? this.words.number(cluster.length) : "";
  }

  name(dot, cluster, labels, x, y) {
    const reach = radius(cluster);
    const text = this.words.label(cluster, eventsOf(cluster));
    const place = labels.place(x, y, reach, text);
    dot.name.textContent = place ? text : "";
    if (cluster[0].language) set(dot.name, { lang: cluster[0].language });
    if (place) set(dot.name, { x: place.x, y: place.y + BASELINE, "text-anchor": place.anchor });
  }

  /** The dot in which a place is, if it is in view. */
  of(place) {
    return [...this.used.values()].find(({ cluster }) => cluster.includes(place));
  }
}

function element(name, attributes = {}) {
  return set(document.createElementNS(SVG, name), attributes);
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
