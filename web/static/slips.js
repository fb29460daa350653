// Slips from the keyboard: the code is checked sign by sign, ticks need one key each, and what is typed while the
// server answers is not lost. Without scripts the same forms work with mouse and Tab.
"use strict";

{
  const SIGNS = ["23456789", "ABCDEFGHJKM", "NPQRSTUVWXYZ"].join("");
  const CODE_LENGTH = 8;
  let waiting = false;
  let early = [];

  // The last sign makes the weighted sum divisible by 31 (matcher/domain/slip.py).
  const holds = (code) => [...code].reduce((sum, sign, at) => sum + SIGNS.indexOf(sign) * (at === CODE_LENGTH - 1 ? 1 : at + 2), 0) % SIGNS.length === 0;

  const readCode = (form) => {
    const field = form.querySelector("#code");
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
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-code]");
    if (form) { readCode(form); }
  });

  const isText = (field) => field.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const kindOf = (posting) => posting.querySelector("input[type=radio]:checked")?.value ?? "";

  const choose = (form, posting) => {
    form.querySelectorAll(".tick").forEach((other) => { other.classList.toggle("at", other === posting); delete other.dataset.why; });
    (posting.querySelector("input[type=radio]:checked") ?? posting.querySelector("input[type=radio]")).focus();
  };

  const answer = (posting, radio) => {
    radio.checked = true;
    radio.focus();
    posting.dataset.why = "1";
    if (radio.value === "started") { posting.querySelector("[data-first]")?.focus(); }
  };

  const tick = (form, letter) => {
    const posting = form.querySelector(".tick.at");
    if (!posting) { return false; }
    if (!posting.dataset.why) {
      const radio = posting.querySelector(`input[type=radio][data-key="${letter}"]`);
      if (radio) { answer(posting, radio); }
      return radio !== null;
    }
    const kind = kindOf(posting);
    const boxes = [...posting.querySelectorAll(`.why input[data-key="${letter}"]`)];
    const why = boxes.find((box) => box.closest(".why").dataset.kinds.split(" ").includes(kind));
    if (!why) { return false; }
    why.checked = !why.checked;
    if (why.checked && why.value === "FOUND_WORK") { posting.querySelector("[data-first]").focus(); }
    return true;
  };

  // One key of an open slip; whether it meant anything.
  const press = (form, key) => {
    if (key === "Enter") { form.requestSubmit(); return true; }
    const posting = /^[1-9]$/.test(key) ? form.querySelector(`.tick[data-posting="${key}"]`) : null;
    if (posting) { choose(form, posting); return true; }
    return /^[a-z]$/i.test(key) && tick(form, key.toLowerCase());
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) { return; }
    const text = event.target.closest("#code") === null && isText(event.target);
    if (event.key === "?" && !text) {
      document.getElementById("keys")?.showModal();
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (waiting && (event.key.length === 1 || event.key === "Enter")) {
      early.push(event.key);
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const form = document.querySelector("form[data-ticks]");
    if (!form) { return; }
    if (event.key === "Escape" && form.dataset.leave) { window.location.assign(form.dataset.leave); return; }
    const here = event.target.closest("form[data-ticks]");
    if ((!here && event.target !== document.body) || event.target.closest("button, a")) { return; }
    if (here && isText(event.target) && (event.key !== "Enter" || event.target.matches("select"))) { return; }
    if (press(form, event.key)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);

  // What was typed while the answer was on its way is typed now, in order.
  const typeEarly = (ok) => {
    waiting = false;
    const keys = early;
    early = [];
    while (keys.length && !waiting) {
      const key = keys.shift();
      const form = document.querySelector("form[data-ticks]");
      const field = document.querySelector("#code");
      if (form && document.activeElement?.matches("[data-first]") && /^\d$/.test(key)) {
        document.activeElement.value += key;
      } else if (form) {
        press(form, key);
      } else if (ok && field && key !== "Enter") {
        field.value += key;
        readCode(field.form);
      }
    }
    early.push(...keys);
  };

  document.addEventListener("live", (event) => {
    if (event.target.id === "desk") { setTimeout(typeEarly, 0, event.detail.ok); }
  });

  document.addEventListener("change", (event) => {
    const posting = event.target.closest("form[data-ticks] .tick");
    if (!posting || event.target.type !== "radio") { return; }
    posting.closest("form").querySelectorAll(".tick").forEach((other) => other.classList.toggle("at", other === posting));
    posting.dataset.why = "1";
  });

  // A slip is sent once, however often Enter is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-ticks], form[data-code]")) { return; }
    if (form.dataset.busy && form.hasAttribute("data-live")) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.busy = "1";
    waiting = form.hasAttribute("data-live");
  }, true);
  window.addEventListener("pageshow", () => { waiting = false; document.querySelectorAll("form[data-busy]").forEach((form) => delete form.dataset.busy); });
}
