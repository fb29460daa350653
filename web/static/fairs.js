// A fair's rooms: counts that stay fresh, a form that is ready for the next person, a screen that locks when left.
"use strict";

const counted = document.querySelector("[data-counts]");
if (counted) {
  const fresh = async () => {
    try {
      const answer = await fetch(counted.dataset.counts, { headers: { "X-Requested-With": "poll" } });
      if (!answer.ok || answer.redirected) { return; }
      for (const [name, value] of Object.entries(await answer.json())) {
        const place = counted.querySelector(`[data-count="${CSS.escape(name)}"]`);
        if (place) { place.textContent = value; }
      }
    } catch { /* the next round asks again */ }
  };
  setInterval(fresh, 10000);
  document.addEventListener("live", fresh);
}

// Somebody has come in: both forms are empty again, and the next code can be typed or scanned.
document.addEventListener("live", (event) => {
  if (!event.target.querySelector("[data-clear]")) { return; }
  document.getElementById("walk-in")?.reset();
  event.target.scrollIntoView({ block: "nearest" });
  const find = document.getElementById("door-text");
  if (find) { find.value = ""; if (!event.target.querySelector(".lacks")) { find.focus(); } }
});

// Left alone for some minutes the screen asks for the PIN.
const locked = document.querySelector("[data-lock]");
if (locked) {
  let last = Date.now();
  for (const touch of ["keydown", "pointerdown"]) { document.addEventListener(touch, () => { last = Date.now(); }); }
  setInterval(() => { if (Date.now() - last > 1000 * Number(locked.dataset.lock)) { window.location.reload(); } }, 5000);
}
