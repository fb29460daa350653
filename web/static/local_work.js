// The form of an entry tells while typing what is wrong and what it comes to; saving goes on without this.
"use strict";

const address = document.currentScript.dataset.check;

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#site-form");
  const place = document.querySelector("#check");
  if (!form || !place) { return; }
  let pause = 0;
  let stop = new AbortController();
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(async () => {
      stop.abort();
      stop = new AbortController();
      try {
        const answer = await fetch(address, {
          method: "POST", body: new FormData(form), signal: stop.signal, headers: { "X-Requested-With": "part" },
        });
        const text = await answer.text();
        if (answer.ok && !answer.redirected && !text.startsWith("<!doctype")) { place.innerHTML = text; }
      } catch (fault) { if (fault.name !== "AbortError") { throw fault; } }
    }, 330);
  });
});
