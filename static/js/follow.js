// Follows the making of a document without loading the page again; without it, "Look again" does.
"use strict";

(() => {
  const every = 2000;
  const atMost = 150; // five minutes; then the link is there
  let looked = 0;

  async function look() {
    const now = document.querySelector("[data-follow]");
    if (!now || ++looked > atMost) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = answer.ok && page.getElementById(now.id);
      if (next && next.textContent !== now.textContent) {
        // The same element stays, so that a screen reader hears its new words.
        now.replaceChildren(...next.childNodes);
        if (!next.hasAttribute("data-follow")) now.removeAttribute("data-follow");
      }
    } catch {
      // Offline for a moment: the next look may succeed.
    }
    setTimeout(look, every);
  }

  setTimeout(look, every);
})();
