// Results as one types: the page of the query so far is fetched and its results take the place of these.
// Without this module the form does the same by a click.

const PAUSE = 300;

class SearchPage extends HTMLElement {
  #asking = null;
  #timer = 0;

  connectedCallback() {
    this.form = this.querySelector("form[role=search]");
    this.field = this.form?.elements.q;
    this.status = this.querySelector("[data-search-status]");
    if (!this.field) return;
    this.shown = this.field.value.trim();
    this.field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#show(), PAUSE);
    });
    this.form.addEventListener("submit", () => this.#stop());
  }

  disconnectedCallback() {
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  async #show() {
    const words = this.field.value.trim();
    if (words === this.shown || (words.length === 1 && words < "\u2e80")) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const address = this.#address(words);
    const typing = new URL(address);
    typing.searchParams.set("typing", "1");
    this.dataset.busy = "";
    try {
      const answer = await fetch(typing, { signal: asking.signal });
      // What is wrong with a query so far may be right with the next letter.
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const results = page.getElementById("results");
      if (asking.signal.aborted || !results) return;
      document.getElementById("results").replaceWith(document.adoptNode(results));
      this.#showLanguages(page);
      document.title = page.title;
      history.replaceState(null, "", address);
      this.shown = words;
      this.status.textContent = results.dataset.summary;
    } catch {
      // Asked for something else meanwhile, or no connection: the form says so when it is sent.
    } finally {
      if (this.#asking === asking) delete this.dataset.busy;
    }
  }

  /** The links to other languages lead to the same search. */
  #showLanguages(page) {
    const shown = document.querySelectorAll(".languages");
    const found = page.querySelectorAll(".languages");
    shown.forEach((links, index) => found[index] && links.replaceWith(document.adoptNode(found[index])));
  }

  /** The address that the form leads to, without empty fields. */
  #address(words) {
    const address = new URL(this.form.action);
    for (const [name, value] of new FormData(this.form)) {
      if (name !== "q" && value) address.searchParams.append(name, value);
    }
    if (words) address.searchParams.set("q", words);
    return address;
  }
}

customElements.define("search-page", SearchPage);
