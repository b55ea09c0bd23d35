// Keeps what is typed into a record's form in this browser until it is saved, and offers it back after a
// closed tab, a crash or an expired session. Passwords and files are never kept.
"use strict";
{
  const PREFIX = "cubaru-desk-kept:";
  const COOKIE = "desk_saved";
  const DAYS = 30;
  const PAUSE = 400;
  const DESK = document.currentScript.dataset.desk;

  const store = {
    names() {
      try {
        return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
      } catch {
        return [];
      }
    },
    read(name) {
      try {
        return JSON.parse(localStorage.getItem(name));
      } catch {
        return null;
      }
    },
    forget(name) {
      try {
        localStorage.removeItem(name);
      } catch {
        // What cannot be reached was not kept either.
      }
    },
    // Whether it was kept. Where the browser is full the oldest texts make room.
    keep(name, entry) {
      const text = JSON.stringify(entry);
      for (;;) {
        try {
          localStorage.setItem(name, text);
          return true;
        } catch {
          const others = store.names().filter((other) => other !== name);
          if (!others.length) return false;
          const age = (other) => store.read(other)?.at ?? 0;
          store.forget(others.reduce((oldest, other) => (age(other) < age(oldest) ? other : oldest)));
        }
      }
    },
  };

  // The server names the form that it has saved.
  const forgetSaved = () => {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${COOKIE}=`));
    if (!cookie) return;
    const saved = decodeURIComponent(cookie.slice(COOKIE.length + 1));
    for (const name of store.names()) if (store.read(name)?.form === saved) store.forget(name);
    document.cookie = `${COOKIE}=; path=${DESK}; max-age=0; samesite=lax`;
  };

  const forgetOld = () => {
    const limit = Date.now() - DAYS * 24 * 3600 * 1000;
    for (const name of store.names()) if ((store.read(name)?.at ?? 0) < limit) store.forget(name);
  };

  const isKept = (field) =>
    field.name &&
    !["password", "file", "submit", "button", "image", "reset"].includes(field.type) &&
    !["csrfmiddlewaretoken", "kept"].includes(field.name) &&
    !field.name.startsWith("_") &&
    !/-(empty|__prefix__)-/.test(field.name);

  // [name, value, words of the choice] of every field that a browser would send.
  const valuesOf = (form) =>
    [...form.elements]
      .filter(isKept)
      .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .flatMap((field) =>
        field.type === "select-multiple"
          ? [...field.selectedOptions].map((option) => [field.name, option.value, option.text])
          : [[field.name, field.value, field.selectedOptions?.[0]?.text ?? ""]],
      );

  const typedIn = (values) => JSON.stringify(values.filter(([name]) => name !== "opened"));

  const makeRows = async (form, values) => {
    const totals = values.filter(([name]) => name.endsWith("-TOTAL_FORMS"));
    totals.sort(([one], [other]) => one.split("-").length - other.split("-").length); // outer lists first
    for (const [name, total] of totals) {
      for (let missing = Number(total) - Number(form.elements[name]?.value ?? total); missing > 0; missing -= 1) {
        const group = document.getElementById(name.replace(/-TOTAL_FORMS$/, "-group"));
        const add = group?.querySelector(":scope > fieldset > .djn-add-item .djn-add-handler");
        if (!add) break;
        add.click();
        await new Promise((done) => setTimeout(done)); // select2 makes its fields in a turn of its own
      }
    }
  };

  const group = (values) => {
    const groups = new Map();
    for (const value of values) groups.set(value[0], [...(groups.get(value[0]) ?? []), value]);
    return groups;
  };

  const fill = (form, values) => {
    const kept = group(values);
    for (const field of [...form.elements].filter(isKept)) {
      const own = kept.get(field.name) ?? [];
      if (["checkbox", "radio"].includes(field.type)) {
        field.checked = own.some(([, value]) => value === field.value);
      } else if (own.length && field.type !== "hidden") {
        const [, value, words] = own[0];
        if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) {
          field.append(new Option(words, value));
        }
        field.value = value;
      } else {
        continue;
      }
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.closest("details")?.setAttribute("open", "");
    }
  };

  // A form as it was when the text was kept, sent as it is: the server puts it together with what is saved.
  const send = (form, entry) => {
    const old = document.createElement("form");
    old.method = "post";
    old.hidden = true;
    const add = (name, value) => {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      old.append(field);
    };
    for (const [name, value] of entry.values) add(name, value);
    add("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    add("kept", entry.form);
    add("_continue", "1");
    document.body.append(old);
    old.submit();
  };

  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  const offer = (place, form, entry, forget) => {
    const words = place.dataset;
    const isOld = String(entry.number) !== words.keepNumber;
    const said = document.createElement("p");
    const when = new Date(entry.at).toLocaleString(document.documentElement.lang || undefined, {
      dateStyle: "medium",
      timeStyle: "short",
    });
    said.textContent = words.wordsKept.replace("{when}", when) + (isOld ? ` ${words.wordsNewer}` : "");
    const back = button(isOld ? words.wordsTogether : words.wordsBack, async () => {
      if (isOld) {
        send(form, entry);
        return;
      }
      await makeRows(form, entry.values);
      fill(form, entry.values);
      said.textContent = words.wordsDone;
      for (const one of place.querySelectorAll("button")) one.remove();
    });
    const away = button(words.wordsForget, () => {
      forget();
      place.hidden = true;
    });
    place.setAttribute("role", "status");
    place.replaceChildren(said, back, away);
    place.hidden = false;
  };

  const watch = (place) => {
    const form = place.closest("form");
    const { keep, keepNumber, keepUser } = place.dataset;
    const start = `${PREFIX}${keepUser}:${keep}:`;
    const name = `${start}${keepNumber}`;
    const hasFaults = Boolean(form.querySelector(".faults"));
    const found = store.names().filter((other) => other.startsWith(start));
    found.sort((one, other) => (store.read(other)?.at ?? 0) - (store.read(one)?.at ?? 0));
    const entry = found.length ? store.read(found[0]) : null;

    const kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = "kept";
    // A form that comes back with faults is the same form still.
    kept.value = hasFaults && entry ? entry.form : crypto.randomUUID();
    form.append(kept);

    let before = typedIn(valuesOf(form));
    if (hasFaults) before = "";
    else if (entry && typedIn(entry.values) !== before) {
      offer(place, form, entry, () => found.forEach(store.forget));
    } else found.forEach(store.forget);

    let waiting = 0;
    const keepNow = () => {
      clearTimeout(waiting);
      waiting = 0;
      const values = valuesOf(form);
      if (typedIn(values) === before) return;
      before = typedIn(values);
      const entryNow = { at: Date.now(), form: kept.value, number: Number(keepNumber), values };
      if (store.keep(name, entryNow)) return;
      place.textContent = place.dataset.wordsFull;
      place.hidden = false;
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(keepNow, PAUSE);
    };
    const now = () => waiting && keepNow();
    for (const event of ["input", "change", "formset:added", "formset:removed"]) form.addEventListener(event, soon);
    window.django?.jQuery?.(form).on("change djnesting:mutate", soon); // of select2 and of dragged rows
    form.addEventListener("submit", keepNow);
    addEventListener("pagehide", now);
    document.addEventListener("visibilitychange", now);
  };

  document.addEventListener("DOMContentLoaded", () => {
    forgetSaved();
    forgetOld();
    const place = document.querySelector("[data-keep]");
    // After the scripts that give the form its first shape.
    if (place) setTimeout(() => watch(place), 100);
    const told = document.querySelector("[data-kept-told]");
    if (told && store.names().length) told.hidden = false;
  });
}
