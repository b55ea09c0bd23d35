// Elements that are used again and again: links to events, to what is not named, and the labels of the axis.
// A link moves by transform only; what it says changes only when it begins to stand for something else.

export function make(name, classes = "", text = "") {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
}

/** A list whose items are kept for later when they are not wanted, and stand in the order given. */
export class Pool {
  constructor(list, build, fill) {
    Object.assign(this, { list, build, fill });
    this.used = new Map();
    this.spare = [];
  }

  /** Shows these, keyed by name, in this order; `stay` is kept whatever happens, as it has the focus. */
  show(wanted, stay) {
    for (const [name, item] of this.used) {
      if (wanted.has(name) || item === stay) continue;
      this.used.delete(name);
      item.element.remove();
      if (this.spare.length < 24) this.spare.push(item);
    }
    let after = null;
    for (const [name, data] of wanted) {
      let item = this.used.get(name);
      if (!item) {
        item = this.spare.pop() ?? this.build();
        this.used.set(name, item);
        this.fill(item, data, name);
      }
      item.data = data;
      const next = after ? after.nextSibling : this.list.firstChild;
      // Moving the focused element would take its focus away.
      if (item.element !== next && !(item === stay && item.element.isConnected)) {
        this.list.insertBefore(item.element, next);
      }
      after = item.element;
    }
  }
}

/** Sets a transform only where it differs, so that nothing is styled anew in vain. */
export function move(item, key, element, transform) {
  if (item[key] === transform) return;
  item[key] = transform;
  element.style.transform = transform;
}

/** What is read of an event's name; listeners get the whole of it, and the lane. */
export function tell(item, text, words) {
  if (item.text === text) return;
  item.text = text;
  const { title, lane } = item.data;
  const isWhole = text === title;
  item.title.textContent = text;
  if (isWhole) item.title.removeAttribute("aria-hidden");
  else item.title.setAttribute("aria-hidden", "true");
  item.more.textContent = (isWhole ? "" : title) + (lane ? `, ${words.lanes[lane]}` : "");
  if (isWhole || !item.data.language) item.more.removeAttribute("lang");
  else item.more.lang = item.data.language;
}

export function eventLinks(list, words) {
  const build = () => {
    const element = make("li");
    const link = element.appendChild(make("a", "tl-event"));
    const inner = link.appendChild(make("span", "tl-event__in"));
    const mark = inner.appendChild(make("i"));
    const date = inner.appendChild(make("b", "tl-event__date"));
    inner.append(" ");
    const title = inner.appendChild(make("span", "tl-event__title"));
    const more = inner.appendChild(make("span", "visually-hidden"));
    link.tabIndex = -1;
    return { element, link, inner, mark, date, title, more };
  };
  const fill = (item, event) => {
    item.link.href = event.url;
    item.link.dataset.slug = event.slug;
    item.mark.className = `tl-mark lane-${event.lane || "none"}`;
    item.date.textContent = event.date;
    item.title.lang = event.language;
    if (!event.language) item.title.removeAttribute("lang");
    item.data = event;
    item.text = item.state = "";
    tell(item, event.title, words);
  };
  return new Pool(list, build, fill);
}

export function plainLinks(list, classes) {
  const build = () => {
    const element = make("a", classes);
    element.tabIndex = -1;
    const text = element.appendChild(make("span"));
    const more = element.appendChild(make("span", "visually-hidden"));
    return { element, text, more };
  };
  const fill = (item, { text, more, href, period }) => {
    item.text.textContent = text;
    item.more.textContent = more();
    item.element.href = href();
    item.element.dataset.period = period.join();
  };
  return new Pool(list, build, fill);
}
