// What is typed in a form with data-draft="name" is kept on the server two seconds after the last key, comes back when
// the page is opened again (after a pause, another sign-in, a closed window), and is forgotten once the form was sent.
// Hidden fields, passwords and files are never kept.
"use strict";

const DRAFTS = "/drafts/";

function draftFields(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));
}

function draftNote(form, words, actions) {
  form.querySelector(".draft-note")?.remove();
  const note = document.createElement("p");
  note.className = "flash flash-warn draft-note";
  note.setAttribute("role", "status");
  note.append(words);
  if (actions) { note.append(" ", actions); }
  form.prepend(note);
}

function draftFill(form, kept) {
  const left = kept.map(([name, value]) => ({ name, value }));
  let changed = false;
  for (const field of draftFields(form)) {
    const choice = field.type === "checkbox" || field.type === "radio";
    const at = left.findIndex((one) => one.name === field.name && (!choice || one.value === field.value));
    if (choice) {
      if (field.checked !== at >= 0) { field.checked = at >= 0; changed = true; }
    } else if (at >= 0 && field.value !== left[at].value) {
      field.value = left[at].value;
      changed = true;
    }
    if (at >= 0) { left.splice(at, 1); }
  }
  return changed;
}

async function draftSend(form, drop) {
  const data = new FormData();
  data.set("csrf_token", form.elements.csrf_token.value);
  data.set("_draft", form.dataset.draft);
  if (drop) { data.set("_drop", "1"); }
  for (const field of draftFields(form)) {
    if ((field.type !== "checkbox" && field.type !== "radio") || field.checked) { data.append(field.name, field.value); }
  }
  return fetch(DRAFTS, { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "part" } });
}

async function draftWatch(form) {
  let words = { out: "", kept: "", drop: "" };
  try {
    const query = new URLSearchParams({ form: form.dataset.draft });
    const answer = await fetch(`${DRAFTS}?${query}`, { headers: { "X-Requested-With": "poll" } });
    if (!answer.ok || answer.redirected) { return; }
    const told = await answer.json();
    words = told.words;
    if (told.fields && draftFill(form, told.fields)) {
      const away = document.createElement("button");
      away.type = "button";
      away.className = "btn btn-quiet btn-small";
      away.textContent = words.drop;
      away.addEventListener("click", async () => { await draftSend(form, true); window.location.reload(); });
      draftNote(form, words.back, away);
      form.dispatchEvent(new CustomEvent("draft", { bubbles: true }));
    }
  } catch { return; }
  let pause = 0;
  const keep = async () => {
    try {
      const answer = await draftSend(form, false);
      if (answer.type === "opaqueredirect") { draftNote(form, words.out); } else if (answer.ok) { form.dataset.draftKept = "1"; }
    } catch { /* without network the next key tries again */ }
  };
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(keep, 2000); });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    if (!form.querySelector('input[name="_draft"][data-own]')) {
      const own = document.createElement("input");
      own.type = "hidden"; own.name = "_draft"; own.value = form.dataset.draft; own.dataset.own = "1";
      form.append(own);
    }
  });
}

document.querySelectorAll("form[data-draft]").forEach(draftWatch);
