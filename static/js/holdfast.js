// Everything works without this file. It only mends what browsers leave out.
"use strict";

// A page opened at an anchor, or brought back by the browser, does not heed autofocus.
addEventListener("pageshow", () => requestAnimationFrame(() => {
  const wanted = document.querySelector("[data-focus]");
  if (wanted && document.activeElement === document.body) wanted.focus();
}));

// A line of the error summary: show the label too, not just the control under the edge of the screen.
addEventListener("click", (event) => {
  const line = event.target.closest(".summary a");
  const control = line && document.getElementById(decodeURIComponent(line.hash.slice(1)));
  if (!control) return;
  event.preventDefault();
  (control.closest(".field") || control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});
