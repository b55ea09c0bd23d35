// A glance at an event without leaving: what the server shows of it, in a sheet under the timeline.
const LINGER = 140; // ms that a pointer or the focus stays before it counts
const MOST_KEPT = 30;

export class Card {
  constructor(sheet, { address, words }) {
    Object.assign(this, { sheet, address, words });
    this.kept = new Map();
    this.empty = sheet.innerHTML;
  }

  /** Shows the event a little later, unless another one is wanted by then. */
  show(slug) {
    if (slug === this.slug) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#load(slug), LINGER);
  }

  forget() {
    clearTimeout(this.waiting);
  }

  close() {
    this.forget();
    const wasOpen = Boolean(this.slug);
    this.slug = "";
    this.sheet.innerHTML = this.empty;
    return wasOpen;
  }

  async #load(slug) {
    this.slug = slug;
    try {
      const text = this.kept.get(slug) ?? (await this.#fetch(slug));
      this.kept.set(slug, text);
      if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value);
      if (this.slug === slug) this.sheet.innerHTML = text;
    } catch {
      // The link itself still leads to the event; the next try asks again.
      if (this.slug === slug) this.close();
    }
  }

  async #fetch(slug) {
    const answer = await fetch(this.address.replace("SLUG", slug));
    if (!answer.ok) throw new Error(`${answer.status} for the card of ${slug}`);
    return answer.text();
  }
}
