// Slips from the keyboard: the code is checked sign by sign, ticks need one key each. Without scripts the same forms
// work with mouse and Tab.
"use strict";

const SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const CODE_LENGTH = 8;

// The last sign makes the weighted sum divisible by 31 (matcher/domain/slip.py).
const holds = (code) => [...code].reduce((sum, sign, at) => sum + SIGNS.indexOf(sign) * (at === CODE_LENGTH - 1 ? 1 : at + 2), 0) % SIGNS.length === 0;

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-code]");
  if (!form) { return; }
  const field = event.target;
  const say = form.querySelector("#code-say");
  const code = field.value.toUpperCase().replace(/[\s-]/g, "");
  const wrong = [...code].findIndex((sign) => !SIGNS.includes(sign));
  let words = form.dataset.left.replace("%", String(CODE_LENGTH - code.length));
  let bad = false;
  if (wrong >= 0) {
    bad = true;
    words = form.dataset.sign.replace("%", code[wrong]).replace("#", String(wrong + 1));
  } else if (code.length > CODE_LENGTH || (code.length === CODE_LENGTH && !holds(code))) {
    bad = true;
    words = form.dataset.check;
  }
  field.setAttribute("aria-invalid", String(bad));
  say.classList.toggle("bad-ink", bad);
  say.textContent = words;
  if (!bad && code.length === CODE_LENGTH) { form.requestSubmit(); }
});

const isText = (field) => field.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const ticked = (posting) => posting.querySelector("input[type=radio]:checked")?.value ?? "";

const choose = (form, posting) => {
  form.querySelectorAll(".tick").forEach((other) => { other.classList.toggle("at", other === posting); delete other.dataset.why; });
  (posting.querySelector("input[type=radio]:checked") ?? posting.querySelector("input[type=radio]")).focus();
};

const answer = (posting, radio) => {
  radio.checked = true;
  radio.focus();
  posting.dataset.why = "1";
  if (radio.value === "started") { posting.querySelector("[data-first]").focus(); }
};

const tick = (form, letter) => {
  const posting = form.querySelector(".tick.at");
  if (!posting) { return false; }
  if (posting.dataset.why) {
    const kind = ticked(posting);
    const why = [...posting.querySelectorAll(`.why input[data-key="${letter}"]`)].find((box) => box.closest(".why").dataset.kinds.split(" ").includes(kind));
    if (why) {
      why.checked = !why.checked;
      if (why.value === "FOUND_WORK" && why.checked) { posting.querySelector("[data-first]").focus(); }
      return true;
    }
  }
  const radio = posting.querySelector(`input[type=radio][data-key="${letter}"]`);
  if (radio && !posting.dataset.why) { answer(posting, radio); }
  return radio !== null;
};

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("form[data-ticks]");
  if (!form || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) { return; }
  if (event.key === "Escape" && form.dataset.leave) { window.location.assign(form.dataset.leave); return; }
  const here = event.target.closest("form[data-ticks]");
  if (!here && event.target !== document.body) { return; }
  if (event.key === "Enter" && !event.target.closest("button, a, select")) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (here && isText(event.target)) { return; }
  const posting = /^[1-9]$/.test(event.key) ? form.querySelector(`.tick[data-posting="${event.key}"]`) : null;
  if (posting) { event.preventDefault(); choose(form, posting); return; }
  if (/^[a-z]$/i.test(event.key) && tick(form, event.key.toLowerCase())) { event.preventDefault(); }
});

document.addEventListener("change", (event) => {
  const posting = event.target.closest("form[data-ticks] .tick");
  if (!posting || event.target.type !== "radio") { return; }
  posting.closest("form").querySelectorAll(".tick").forEach((other) => other.classList.toggle("at", other === posting));
  posting.dataset.why = "1";
});

// A slip is sent once, however often Enter is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-ticks]");
  if (!form) { return; }
  if (form.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.busy = "1";
}, true);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-ticks]").forEach((form) => delete form.dataset.busy));
