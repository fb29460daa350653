// A line that was marked brings the new figures of the month with it.
"use strict";

{
  document.addEventListener("live", (event) => {
    const fresh = event.target.querySelector("template[data-counts]");
    const place = document.getElementById("round-counts");
    if (!fresh || !place) { return; }
    place.replaceChildren(fresh.content.cloneNode(true));
    fresh.remove();
    const bar = place.querySelector("progress");
    const rest = document.querySelector(".round-bar button");
    if (bar && rest) { rest.disabled = bar.value >= bar.max; }
  });
}
