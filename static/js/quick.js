// Keeps a tap that finds no connection on this phone until it can be sent. Without this file the page works as it is,
// only not without a connection. What is kept of a tap: the reason, the day, and a mark that tells no name.
"use strict";

(() => {
  const KEPT = "holdfast.waiting."; // one item of the storage for each entry: two windows never write the same one
  const LAST = "holdfast.log"; // whose log was opened last on this phone
  const PATIENCE = 15_000; // milliseconds; after that the key still keeps the entry from being stored twice
  const HASTE = 700; // milliseconds between two presses of one button that were meant as one

  let storage;
  try {
    storage = window.localStorage;
  } catch {
    return; // the browser keeps nothing, so nothing is promised
  }
  if (!storage || !window.isSecureContext) return;

  const everything = () => Object.keys(storage).filter((name) => name.startsWith(KEPT));

  const note = document.querySelector("[data-waiting-note]");
  if (note) note.hidden = everything().length === 0;

  // Who signs out leaves the phone to others. What waits stays; but the page without a connection, which cannot know
  // who holds the phone, then shows nobody's entries and takes none for the one who left.
  const leaving = document.querySelector("form[data-leaves-phone]");
  leaving?.addEventListener("submit", () => storage.removeItem(LAST));

  const box = document.querySelector("[data-waiting]");
  if (!box) return;
  const words = box.dataset;
  const parts = Object.fromEntries([...box.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const form = document.querySelector("form[data-tap]");
  const here = words.owner ? { log: words.log, owner: words.owner, service: words.service } : last();
  if (words.owner) storage.setItem(LAST, JSON.stringify(here));

  function last() {
    return read(LAST) || {};
  }

  function read(name) {
    try {
      return JSON.parse(storage.getItem(name));
    } catch {
      return null;
    }
  }

  function newKey() {
    return crypto.randomUUID();
  }

  function today() {
    // The day it is where the services are, as the server counts it.
    return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Oslo" }).format(new Date());
  }

  // What waits

  function waiting() {
    return everything()
      .map(read)
      .filter((entry) => entry && entry.owner === here.owner)
      .sort((one, other) => one.on.localeCompare(other.on) || one.label.localeCompare(other.label));
  }

  function keep(entry) {
    storage.setItem(KEPT + entry.key, JSON.stringify(entry));
    navigator.storage?.persist?.().catch(() => {});
  }

  function forget(entry) {
    storage.removeItem(KEPT + entry.key);
  }

  function show(state, said = "") {
    const entries = waiting();
    parts.count.textContent =
      entries.length === 1 ? words.one : words.many.replace("{count}", entries.length);
    parts.list.replaceChildren(...entries.map(row));
    parts.signIn.hidden = state !== "signedOut";
    if (state === "signedOut") parts.signIn.href = `${words.login}?next=${encodeURIComponent(here.log)}`;
    parts.waits.hidden = entries.length === 0;
    parts.state.textContent = (state && words[state]) || said;
    box.hidden = entries.length === 0 && !parts.state.textContent;
  }

  function row(entry) {
    const line = parts.row.content.firstElementChild.cloneNode(true);
    line.querySelector("strong").textContent = entry.label;
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
    line.querySelector("[data-day]").textContent = day.format(new Date(`${entry.on}T12:00`));
    const button = line.querySelector("button");
    button.append(hidden(`: ${entry.label}`));
    button.addEventListener("click", () => {
      forget(entry);
      show("removed");
      parts.state.focus();
    });
    return line;
  }

  function hidden(text) {
    const span = document.createElement("span");
    span.className = "hidden-words";
    span.textContent = text;
    return span;
  }

  // Sending: the same form, with the same key each time

  async function ask(address, options) {
    return fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  }

  // The token of the form as it is now; or why there is none.
  async function token(entry) {
    const answer = await ask(entry.log, { headers: { Accept: "text/html" } });
    if (answer.status >= 500) return { state: "later" };
    if (answer.redirected) return { state: "signedOut" };
    if (!answer.ok) return { state: "notHere" };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-waiting]")?.dataset.owner !== entry.owner) return { state: "signedOut" };
    const value = page.querySelector("form[data-tap] [name=csrfmiddlewaretoken]")?.value;
    return value ? { value } : { said: page.querySelector("[data-closed]")?.textContent.trim() ?? "", state: "" };
  }

  async function post(entry, value, late) {
    const data = new URLSearchParams({
      csrfmiddlewaretoken: value,
      submission: entry.key,
      reason: entry.reason,
      named: entry.named,
      happened_on: late ? entry.on : "",
    });
    const answer = await ask(entry.log, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.redirected) return { state: "signedOut" };
    if (answer.status === 403) return { state: "notHere" };
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return { state: "later" };
    const told = await answer.json();
    return answer.ok ? { url: told.url } : { said: told.problems.join(" "), state: "" };
  }

  // A tap and what waits are never sent at once: what is tapped while the waiting is sent goes with it, and the other
  // way round. Either may hang for as long as PATIENCE, and somebody who taps in that time is heard all the same.
  let tapping = null; // the tap on its way: its reason; and the page it leads to, from when on this one is being left
  let carrying = false; // what waits is on its way

  async function sendAll() {
    if (tapping || carrying || !here.owner || !waiting().length) return;
    carrying = true;
    const tried = new Set();
    do {
      const entries = waiting();
      for (const entry of entries) tried.add(entry.key);
      const result = await carry(entries);
      if (waiting().length) show(result.state, result.said);
      else show("sent");
    } while (waiting().some((entry) => !tried.has(entry.key))); // tapped meanwhile
    carrying = false;
  }

  async function carry(entries) {
    try {
      const now = await token(entries[0]);
      let result = now;
      for (const entry of now.value ? entries : []) {
        if (!read(KEPT + entry.key)) continue; // removed meanwhile
        const sent = await post(entry, now.value, true);
        if (sent.url) forget(entry);
        else result = sent;
        if (sent.state) break; // no connection, no sign-in: the others would fare no better
      }
      return result;
    } catch {
      return { state: "later" }; // no connection, or none that lasts
    }
  }

  // A tap

  let pressed = {}; // the last press of a button: which, and when

  // Whether a press means an entry that is there already: it is the second of two in haste, or the first is on its way.
  function isTheSame(reason, at) {
    const inHaste = pressed.reason === reason && at - pressed.at < HASTE;
    pressed = { reason, at };
    return inHaste || tapping?.reason === reason;
  }

  async function tapped(event) {
    const button = event.submitter;
    if (button?.name !== "reason") return; // the language is changed by this form too
    if (isTheSame(button.value, event.timeStamp)) {
      event.preventDefault();
      if (tapping?.url && event.timeStamp - tapping.at > PATIENCE) leave(); // the page that was to come never came
      return;
    }
    const entry = {
      key: form.elements.submission?.value || newKey(),
      log: here.log,
      owner: here.owner,
      reason: button.value,
      label: button.textContent.trim(),
      named: form.elements.named?.value ?? "",
      on: today(),
    };
    try {
      keep(entry); // before anything is sent: whatever happens to the phone now, the entry is there
    } catch {
      return; // the storage is full: as without this file
    }
    event.preventDefault();
    renewKey();
    if (tapping?.url) {
      window.stop(); // another reason: this page stays, and says what becomes of it
      tapping = null;
      tell({});
      return sendAll();
    }
    if (tapping) tapping.more = true;
    // It goes after what is on its way, and is seen to wait until then.
    if (tapping || carrying) return tell({ state: form.elements.csrfmiddlewaretoken ? "" : "later" });
    await send(entry);
  }

  async function send(entry) {
    const value = form.elements.csrfmiddlewaretoken?.value;
    let result = { state: "later" };
    tapping = { reason: entry.reason };
    try {
      if (value) result = await post(entry, value, false);
      if (result.state === "notHere") {
        const anew = await token(entry); // the page may have stood open since another sign-in
        result = anew.value ? await post(entry, anew.value, false) : anew;
      }
    } catch {
      result = { state: "later" };
    }
    if (result.url) forget(entry);
    const more = tapping.more;
    if (result.url && !more) {
      // The page stays closed to the same tap until it is left: on a poor connection that takes seconds.
      tapping.url = result.url;
      return leave();
    }
    tapping = null;
    tell(result);
    if (!value || more) sendAll();
  }

  function leave() {
    tapping.at = performance.now();
    location.assign(tapping.url);
  }

  function tell(result) {
    show(result.state, result.said);
    parts.count.focus();
  }

  function renewKey() {
    if (form?.elements.submission) form.elements.submission.value = newKey();
  }

  // The browser's way back may bring this page as it was left. Then it is open for another entry.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (tapping?.url) tapping = null;
    pressed = {};
    renewKey();
    show();
    sendAll();
  });

  form?.addEventListener("submit", tapped);
  if (form && !here.owner) {
    form.hidden = true;
    document.querySelector("[data-unknown]").hidden = false;
  }
  const where = document.querySelector("[data-where]");
  if (where) where.textContent = here.service ?? "";

  show(here.owner && !navigator.onLine ? "later" : "");
  sendAll();
  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll());
  addEventListener("storage", () => show());

  // The page opens without a connection, too: at the address of the home screen and at its own.
  if (words.worker && navigator.serviceWorker) {
    for (const scope of [words.start, words.log]) {
      navigator.serviceWorker.register(words.worker, { scope }).catch(() => {});
    }
  }
})();
