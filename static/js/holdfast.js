// Everything works without this file. It only mends what browsers leave out.
"use strict";

// A page opened at an anchor, or from the back-forward cache, ignores autofocus.
const toFocus = document.querySelector("[data-focus]");
if (toFocus) toFocus.focus();

// A line of the error summary: show the label too, not just the control under the edge of the screen.
document.addEventListener("click", (event) => {
  const line = event.target.closest(".summary a");
  const control = line && document.getElementById(decodeURIComponent(line.hash.slice(1)));
  if (!control) return;
  event.preventDefault();
  (control.closest(".field") || control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});
