// Keeps what was typed while somebody has to sign in again: in this tab, for that person, for an hour at most.
// Written only when a form is sent or the session is over; gone once the form was taken, restored, or at sign-out.
"use strict";

const drafts = (() => {
  const place = "holdfast-drafts";
  const anHour = 3600 * 1000;
  const never = ["password", "hidden", "file", "submit", "button", "image", "reset"];

  function read() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(place)) || [];
      return kept.filter((draft) => Date.now() - draft.at < anHour);
    } catch {
      return [];
    }
  }

  function write(kept) {
    try {
      if (kept.length) sessionStorage.setItem(place, JSON.stringify(kept));
      else sessionStorage.removeItem(place);
    } catch {
      // No room, or storage is refused: then nothing is kept.
    }
  }

  const here = () => location.pathname + location.search;
  const forms = () => [...document.querySelectorAll("main form[method=post]")];
  const fields = (form) => [...form.elements].filter((field) => field.name && !never.includes(field.type));

  function changed(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  }

  function value(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.options ? [...field.options].filter((option) => option.selected).map((option) => option.value) : field.value;
  }

  function put(field, kept) {
    if (typeof kept === "boolean") field.checked = kept;
    else if (field.options) for (const option of field.options) option.selected = kept.includes(option.value);
    else field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // `sent`: the form is on its way, and the next page tells whether it was taken.
  function keep(whose, sent, only) {
    const wrong = document.querySelector("main .summary"); // an answer with errors: its fields hold what was typed
    const found = forms().flatMap((form, number) => {
      const own = fields(form);
      if ((only && form !== only) || !(wrong || own.some(changed))) return [];
      return [{ number, fields: own.map((field) => [field.name, field.value, value(field)]) }];
    });
    const others = read().filter((draft) => draft.where !== here());
    write(found.length ? [...others, { where: here(), whose, at: Date.now(), sent, forms: found }] : others);
  }

  // A page that asks for the password, or says that the form was too old: what was on its way from the page it leads
  // back to did not arrive. Anything else may have been taken, and must not come back as if it were not.
  function hold() {
    const back = new URLSearchParams(location.search).get("next") || here();
    const kept = read();
    const mine = kept.filter((draft) => draft.where === back);
    for (const draft of mine) draft.sent = false;
    write(kept);
    return mine.length > 0;
  }

  // On a page of somebody signed in: drop what arrived and what is somebody else's, put back what belongs here.
  function restore(whose) {
    const kept = read().filter((draft) => draft.whose === whose && !draft.sent);
    const mine = kept.find((draft) => draft.where === here());
    write(kept.filter((draft) => draft !== mine));
    let restored = null;
    for (const { number, fields: typed } of mine ? mine.forms : []) {
      const form = forms()[number];
      if (!form) continue;
      const open = fields(form);
      for (const [name, code, was] of typed) {
        const field = open.find((one) => one.name === name && (typeof was !== "boolean" || one.value === code));
        if (field) put(field, was);
      }
      restored ??= form;
    }
    return restored;
  }

  return { keep, hold, restore, drop: () => write([]) };
})();

addEventListener("submit", (event) => {
  if (event.target.matches("[data-drop-drafts]")) drafts.drop();
});

const asked = document.querySelector("[data-hold-drafts]");
if (asked && drafts.hold()) asked.hidden = false;
