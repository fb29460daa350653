// Small helpers; every page works without them.
"use strict";

// The menu is always open where there is room for it.
const menu = document.querySelector("details.menu");
if (menu) {
  const wide = window.matchMedia("(min-width: 62rem)");
  const follow = () => { menu.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}

// Keys: / search, ? help, g + letter to go somewhere.
let going = false;
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
  if (going) {
    going = false;
    const link = document.querySelector(`nav a[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); window.location.assign(link.href); }
    return;
  }
  if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1200); }
  if (event.key === "/") {
    const find = document.querySelector("[data-find], #find");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
  }
  if (event.key === "?") {
    const keys = document.getElementById("keys");
    if (keys) { keys.showModal(); }
  }
});

// A form is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post" && !form.hasAttribute("data-again")) {
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  }
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); });
});

// Choosing a filter applies it.
document.querySelectorAll("[data-apply]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit()));

// The progress of a run.
const live = document.querySelector("[data-progress-url]");
if (live) {
  const bar = live.querySelector("progress");
  const share = live.querySelector("[data-share]");
  const words = live.querySelector("[data-words]");
  const ask = async () => {
    try {
      const answer = await fetch(live.dataset.progressUrl, { headers: { "X-Requested-With": "poll" } });
      if (!answer.ok || answer.redirected) { return; }
      const state = await answer.json();
      if (state.over) { window.location.reload(); return; }
      bar.value = state.share;
      share.textContent = `${Math.round(state.share * 100)}%`;
      words.textContent = state.words;
    } catch { /* the next tick asks again */ }
    setTimeout(ask, 700);
  };
  setTimeout(ask, 500);
}

// Files may be dropped on the card they are meant for.
document.querySelectorAll("[data-drop]").forEach((card) => {
  const field = card.querySelector("input[type=file]");
  const over = (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); card.classList.add("over"); } };
  card.addEventListener("dragenter", over);
  card.addEventListener("dragover", over);
  card.addEventListener("dragleave", (event) => { if (!card.contains(event.relatedTarget)) { card.classList.remove("over"); } });
  card.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) { return; }
    event.preventDefault();
    card.classList.remove("over");
    field.files = event.dataTransfer.files;
    field.form.requestSubmit();
  });
});

document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
