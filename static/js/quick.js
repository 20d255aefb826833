// Keeps a tap that finds no connection on this phone until it can be sent. Without this file the page works as it is,
// only not without a connection. What is kept of a tap: the reason, the day, and a mark that tells no name.
"use strict";

(() => {
  const KEPT = "holdfast.waiting."; // one item of the storage for each entry: two windows never write the same one
  const LAST = "holdfast.log"; // whose log was opened last on this phone
  const PATIENCE = 15_000; // milliseconds; after that the key still keeps the entry from being stored twice

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

  let sending = false;

  async function sendAll() {
    if (sending || !here.owner) return;
    const entries = waiting();
    if (!entries.length) return;
    sending = true;
    let result = { state: "later" };
    try {
      const now = await token(entries[0]);
      result = now;
      for (const entry of now.value ? entries : []) {
        const sent = await post(entry, now.value, true);
        if (sent.url) forget(entry);
        else result = sent;
        if (sent.state) break; // no connection, no sign-in: the others would fare no better
      }
    } catch {
      result = { state: "later" }; // no connection, or none that lasts
    }
    sending = false;
    if (waiting().length) show(result.state, result.said);
    else show("sent");
  }

  // A tap

  async function tapped(event) {
    const button = event.submitter;
    if (button?.name !== "reason") return; // the language is changed by this form too
    const entry = {
      key: form.elements.submission?.value || newKey(),
      log: here.log,
      owner: here.owner,
      reason: button.value,
      label: button.textContent.trim(),
      named: form.elements.named?.value ?? "",
      on: today(),
    };
    if (sending) return event.preventDefault(); // the second of two taps in haste
    try {
      keep(entry); // before anything is sent: whatever happens to the phone now, the entry is there
    } catch {
      return; // the storage is full: as without this file
    }
    event.preventDefault();
    const value = form.elements.csrfmiddlewaretoken?.value;
    let result = { state: "later" };
    sending = true;
    try {
      if (value) result = await post(entry, value, false);
      if (result.state === "notHere") {
        const anew = await token(entry); // the page may have stood open since another sign-in
        result = anew.value ? await post(entry, anew.value, false) : anew;
      }
    } catch {
      result = { state: "later" };
    }
    sending = false;
    if (form.elements.submission) form.elements.submission.value = newKey();
    if (result.url) {
      forget(entry);
      location.assign(result.url);
      return;
    }
    show(result.state, result.said);
    parts.count.focus();
    if (!value) sendAll();
  }

  form?.addEventListener("submit", tapped);
  if (form && !here.owner) {
    form.hidden = true;
    document.querySelector("[data-unknown]").hidden = false;
  }
  const where = document.querySelector("[data-where]");
  if (where) where.textContent = here.service ?? "";

  show(navigator.onLine ? "" : "later");
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
