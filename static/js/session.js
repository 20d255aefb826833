// Says that a session is about to end, lets one stay, and brings back what was typed when it ended all the same.
// Typing counts as being here: nobody is signed out in the middle of the minutes of a meeting.
"use strict";

(() => {
  const bar = document.getElementById("session-end");
  if (!bar) return;
  const { whose, signIn, password } = bar.dataset;
  const warned = bar.dataset.warned * 1000;
  const lookEvery = 5000;
  const tellEvery = 5 * 60 * 1000;
  const status = bar.querySelector("[role=status]");
  let ends = {};
  let told = Date.now();
  let shown = "";
  let before = null; // what had the focus before the button was pressed
  let busy = false;

  function count(left) {
    ends = { idle: Date.now() + left.idle * 1000, whole: Date.now() + left.whole * 1000 };
  }
  count({ idle: +bar.dataset.idle, whole: +bar.dataset.whole });

  const next = () => (ends.whole <= ends.idle ? "whole" : "idle");
  const left = () => ends[next()] - Date.now();

  // The server knows better: another tab may have gone on, or signed out. Null: it cannot be reached.
  async function ask(method) {
    try {
      const options = { method, redirect: "manual", headers: { Accept: "application/json" } };
      if (method === "POST") options.body = new URLSearchParams(new FormData(bar));
      const answer = await fetch(bar.action, options);
      if (answer.type === "opaqueredirect") return { idle: 0, whole: 0 };
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  function say(what) {
    if (shown !== what) {
      status.replaceChildren(what ? bar.querySelector(`template[data-${what}]`).content.cloneNode(true) : "");
      document.documentElement.classList.toggle("session-warned", what === "idle" || what === "whole");
      shown = what;
    }
    const minutes = status.querySelector("b");
    const words = String(Math.max(1, Math.ceil(left() / 60000)));
    if (minutes && minutes.textContent !== words) minutes.textContent = words;
  }

  function leave() {
    drafts.keep(whose, false);
    location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }

  async function look() {
    if (busy || left() > warned) return;
    busy = true;
    if (!shown || left() <= 0) {
      const now = await ask("GET");
      if (now) {
        count(now);
        if (left() <= 0) return leave();
      }
    }
    if (left() > warned) say("");
    else if (left() > 0) say(next());
    busy = false;
  }

  async function stay() {
    const said = Date.now();
    const now = await ask("POST");
    if (!now) return;
    told = Math.max(told, said); // not when the answer came: a slow line must not put off the next
    count(now);
    if (left() <= 0) return leave();
    if (left() > warned) {
      if (shown) say("stays");
      const back = before && document.contains(before) ? before : document.getElementById("main");
      if (bar.contains(document.activeElement) || document.activeElement === document.body) back.focus({ preventScroll: true });
      setTimeout(() => shown === "stays" && say(""), 8000);
    }
  }

  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    stay();
  });
  bar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    drafts.keep(whose, false);
    location.assign(`${password}?next=${encodeURIComponent(location.pathname + location.search)}`);
  });
  addEventListener("focusin", (event) => {
    if (!bar.contains(event.target)) before = event.target;
  });
  addEventListener("input", (event) => {
    if (event.isTrusted && Date.now() - told >= tellEvery) {
      told = Date.now();
      stay();
    }
  });
  addEventListener("submit", (event) => {
    if (event.target.closest("main") && !event.target.matches("[data-drop-drafts]")) drafts.keep(whose, true, event.target);
  });
  addEventListener("pagehide", () => left() <= 0 && drafts.keep(whose, false));
  document.addEventListener("visibilitychange", () => !document.hidden && look());
  setInterval(look, lookEvery);

  const restored = drafts.restore(whose);
  if (restored) {
    const notice = bar.querySelector("template[data-restored]").content.cloneNode(true).firstElementChild;
    restored.before(notice);
    notice.focus();
  }
})();
