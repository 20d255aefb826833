// Sends each rating of a fidelity visit as it is chosen; what finds no connection, or nobody signed in, waits on this
// device until it can be sent. Without this file the pages work as they are: then they are saved by their button.
"use strict";

(() => {
  const KEPT = "holdfast.rating."; // one item of the storage for each rating: two windows never write the same one
  const PATIENCE = 15_000; // milliseconds
  const AGAIN = 20_000; // milliseconds between two tries, where the browser does not tell of a connection

  const box = document.querySelector("[data-rating-state]");
  let storage;
  try {
    storage = window.localStorage;
  } catch {
    return; // the browser keeps nothing, so nothing is promised
  }
  if (!box || !storage) return;
  const words = box.dataset;
  const mine = `${KEPT}${words.rater}.`;
  // By the server's clock, so that what was chosen on two devices can be told apart: an old one never replaces a newer.
  const ahead = Number(words.now) - Date.now();
  const parts = Object.fromEntries([...box.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const pages = new Map(); // the other pages of items as they came: to go on without a connection
  let sending = null; // while it goes on: the promise of its end
  let onceMore = false;
  const refused = new Map(); // what the server does not take as it is: it is not sent again until it is chosen anew
  let spoke = false; // whether anything had to wait since the page came

  const place = () => document.querySelector("[data-rating-page]");
  const form = () => document.querySelector("form[data-rating-form]");
  const section = (item) => [...document.querySelectorAll("[data-item]")].find((one) => one.dataset.item === item);

  // What waits

  function read(name) {
    try {
      return JSON.parse(storage.getItem(name));
    } catch {
      return null;
    }
  }

  function waiting() {
    return Object.keys(storage)
      .filter((name) => name.startsWith(mine))
      .map(read)
      .filter(Boolean)
      .sort((one, other) => one.at - other.at);
  }

  function keep(item) {
    const draft = { item, fields: typed(section(item)), at: Date.now() + ahead };
    try {
      storage.setItem(mine + item, JSON.stringify(draft));
    } catch {
      // No room: the page's own button still saves it.
    }
  }

  const version = (draft) => `${draft.item} ${draft.at}`;

  // One that was chosen anew meanwhile stays, to be sent in its turn.
  function forget(draft) {
    if (read(mine + draft.item)?.at === draft.at) storage.removeItem(mine + draft.item);
  }

  // The fields of an item

  const fields = (of) => [...of.querySelectorAll("input, textarea")].filter((field) => field.name);

  function typed(of) {
    const found = {};
    for (const field of fields(of)) {
      if (field.type !== "radio") found[field.name] = field.value;
      else if (field.checked) found[field.name] = field.value;
    }
    return found;
  }

  function put(of, values) {
    for (const field of fields(of)) {
      const value = values[field.name] ?? "";
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }

  // What the page knows to be saved, so that its button does not save it a second time over something newer.
  function note(item, stands) {
    const was = form()?.elements.was;
    if (!was) return;
    try {
      const known = JSON.parse(was.value);
      known[item.split(":")[1]] = Object.values(stands);
      was.value = JSON.stringify(known);
    } catch {
      // Somebody else's script has been in it: the button then saves what stands there.
    }
  }

  // What still lacks something is not sent, and the page says what; empty for what is whole.
  function lacks(draft) {
    const name = draft.item.split(":")[1];
    const filled = (end) => Boolean(draft.fields[`${name}_${end}`]?.trim());
    if (draft.fields[name] === "not") return filled("note") ? "" : "why";
    const counted = ["receiving", "eligible", "target"].filter(filled);
    return counted.length === 1 || (counted.length > 0 && counted[0] !== "receiving") ? "counts" : "";
  }

  // Sending

  async function ask(address, options) {
    return fetch(address, { redirect: "manual", ...options, signal: AbortSignal.timeout(PATIENCE) });
  }

  // The token of the page as it is now: this one may have stood open since another sign-in.
  async function token() {
    const answer = await ask(location.href, { headers: { Accept: "text/html" } });
    if (answer.type === "opaqueredirect") return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-rating-state]")?.dataset.rater !== words.rater) return null;
    return page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? null;
  }

  async function post(draft, value) {
    const data = new URLSearchParams({
      ...draft.fields,
      csrfmiddlewaretoken: value,
      rater: words.rater,
      item: draft.item,
      at: String(draft.at),
    });
    return ask(words.send, { method: "POST", body: data, headers: { Accept: "application/json" } });
  }

  async function send(draft) {
    let answer = await post(draft, document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    if (answer.status === 403) {
      const anew = await token();
      if (!anew) return { state: "signedOut" };
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = anew;
      answer = await post(draft, anew);
    }
    if (answer.type === "opaqueredirect") return { state: "signedOut" };
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return { state: "later" };
    const told = await answer.json();
    if (told.other) return { state: "signedOut" };
    if (answer.ok) return { told };
    return { said: told.problems.join(" "), closed: answer.status === 409 };
  }

  // Never two at once: what is chosen meanwhile goes after it, and whoever asks hears when everything was tried.
  function sendAll() {
    onceMore = true;
    sending ??= keepSending();
    return sending;
  }

  async function keepSending() {
    let result = {};
    while (onceMore) {
      onceMore = false;
      result = await carry();
    }
    sending = null;
    show(result);
  }

  async function carry() {
    let result = {};
    for (const draft of waiting()) {
      const state = lacks(draft);
      if (state) {
        result = { state };
        continue;
      }
      if (refused.has(version(draft))) {
        result = refused.get(version(draft));
        continue;
      }
      let sent;
      try {
        sent = await send(draft);
      } catch {
        sent = { state: "later" }; // no connection, or none that lasts
      }
      if (sent.told) taken(draft, sent.told);
      else result = sent;
      if (sent.said) refused.set(version(draft), sent);
      if (sent.state) break; // no connection, no sign-in: the others would fare no better
    }
    return result;
  }

  function taken(draft, told) {
    forget(draft);
    note(draft.item, told.stands);
    if (told.taken || read(mine + draft.item)) return;
    const of = section(draft.item); // something newer stands there: show that
    const name = draft.item.split(":")[1];
    const values = Object.fromEntries(Object.entries(told.stands).map(([end, value]) => [end ? `${name}_${end}` : name, value]));
    if (of) put(of, values);
  }

  function show({ state = "", said = "", closed = false } = {}) {
    const count = waiting().length;
    spoke ||= Boolean(count && (state || said));
    parts.count.textContent = count === 0 ? words.none : count === 1 ? words.one : words.many.replace("{count}", count);
    parts.state.textContent = (state && words[state]) || said;
    parts.signIn.hidden = state !== "signedOut";
    parts.signIn.href = `${words.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
    parts.remove.hidden = !closed || count === 0;
    box.hidden = !spoke;
  }

  parts.remove.addEventListener("click", () => {
    for (const draft of waiting()) forget(draft);
    show({ said: words.removed });
  });

  // Choosing

  function chosen(event, complete) {
    const of = event.target.closest("[data-item]");
    if (!of || !event.target.name) return;
    keep(of.dataset.item);
    if (complete) sendAll();
  }

  document.addEventListener("input", (event) => chosen(event, false));
  document.addEventListener("change", (event) => chosen(event, true));

  // Going on without a connection: the other pages were fetched with this one.

  async function fetchPages() {
    for (const link of document.querySelectorAll("[data-rating-page] nav a")) {
      if (pages.has(link.href)) continue;
      try {
        const answer = await ask(link.href, { headers: { Accept: "text/html" } });
        if (!answer.ok) continue;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.querySelector("[data-rating-page]");
        if (found?.querySelector("form[data-rating-form]")) pages.set(link.href, found);
      } catch {
        return; // without a connection there is nothing to fetch
      }
    }
  }

  function turnTo(address) {
    const url = new URL(address, location.href).href;
    const page = pages.get(url);
    if (!page) {
      spoke = true;
      show({ said: words.notAhead });
      return;
    }
    pages.set(location.href, place());
    place().replaceWith(page);
    history.pushState(null, "", url);
    fillIn();
    page.querySelector("h2")?.focus();
    scrollTo(0, 0);
  }

  const cutOff = () => !navigator.onLine || parts.state.textContent === words.later;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-rating-page] nav a");
    if (!link || !cutOff()) return;
    event.preventDefault();
    turnTo(link.href);
  });

  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (sent.matches("form[data-rating-form]") && cutOff()) {
      event.preventDefault();
      await sendAll();
      if (waiting().length || !navigator.onLine) turnTo(sent.dataset.next);
      else sent.requestSubmit(event.submitter);
    }
    if (sent.closest("[data-rating-finish]") && waiting().length) {
      event.preventDefault();
      await sendAll();
      spoke = true;
      if (waiting().length) show({ said: words.first });
      else sent.requestSubmit(event.submitter);
    }
  });

  addEventListener("popstate", () => location.reload());

  // What waits stands in the page, too.
  function fillIn() {
    for (const draft of waiting()) {
      const of = section(draft.item);
      if (of) put(of, draft.fields);
    }
  }

  fillIn();
  spoke = waiting().length > 0;
  show(navigator.onLine ? {} : { state: "later" });
  sendAll().then(() => {
    // The page on which one is done was made before what waited had arrived: it would still miss that.
    const stale = spoke && !waiting().length && !form() && !document.querySelector("[data-rating-finish]");
    if (stale) location.reload();
  });
  if (form()) fetchPages();
  addEventListener("online", sendAll);
  addEventListener("offline", () => show({ state: waiting().length ? "later" : "" }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll());
  setInterval(() => waiting().some((draft) => !refused.has(version(draft))) && sendAll(), AGAIN);
})();
