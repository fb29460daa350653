// Partial updates: a form or link with data-live sends itself in the background and puts the answer where it says.
//   <form method="post" action="…" data-live="#place">   the server answers with the inside of #place
//   data-live-on="input" on the form: send again while typing, a third of a second after the last key
//   data-whole on a button: this one sends the form whole, as without scripts
// The header X-Requested-With: part tells the server that a part of a page is wanted; without scripts the form is
// sent whole and a whole page comes back. An answer that is no part (signed out, error page) loads as a page.
"use strict";

const sending = new WeakMap();

async function liveSend(form, submitter) {
  const place = document.querySelector(form.dataset.live);
  if (!place) { form.submit(); return; }
  sending.get(form)?.abort();
  const stop = new AbortController();
  sending.set(form, stop);
  const data = new FormData(form, submitter ?? undefined);
  const get = form.method === "get";
  const address = new URL(form.action);
  if (get) { address.search = new URLSearchParams(data).toString(); }
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, {
      method: form.method.toUpperCase(), body: get ? undefined : data, signal: stop.signal,
      headers: { "X-Requested-With": "part" },
    });
    if (answer.redirected) { window.location.assign(answer.url); return; }
    const text = await answer.text();
    if (text.startsWith("<!doctype")) { document.open(); document.write(text); document.close(); return; }
    place.innerHTML = text;
    place.dispatchEvent(new CustomEvent("live", { bubbles: true, detail: { ok: answer.ok } }));
    place.querySelector("[autofocus]")?.focus();
  } catch (fault) {
    if (fault.name !== "AbortError") { form.removeAttribute("data-live"); form.requestSubmit(submitter ?? undefined); }
  } finally {
    place.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form || event.defaultPrevented && !form.dataset.sent || event.submitter?.hasAttribute("data-whole")) { return; }
  event.preventDefault();
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  liveSend(form, event.submitter);
});

let pause = 0;
document.addEventListener("input", (event) => {
  const form = event.target.closest('form[data-live][data-live-on="input"]');
  if (!form) { return; }
  clearTimeout(pause);
  pause = setTimeout(() => liveSend(form), 330);
});
