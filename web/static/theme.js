// Runs before the page is drawn, so that it does not flash.
"use strict";

const root = document.documentElement;

// The device's own light or dark, where the visitor chose neither.
if (root.dataset.theme === "auto") {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  dark.addEventListener("change", follow);
  follow();
}
