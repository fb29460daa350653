// What if: the switches are put back in place with the answer, so the one last used is given the focus again.
"use strict";

let lastSwitch = "";
document.addEventListener("input", (event) => {
  if (event.target.closest("#what-if-form")) { lastSwitch = event.target.id; }
});
document.addEventListener("live", (event) => {
  if (event.target.id === "what-if-place" && lastSwitch) {
    document.getElementById(lastSwitch)?.focus();
  }
});
