// Plans for a village are made a few people at a time: the page goes on by itself until somebody stops it.
"use strict";

{
  const going = document.querySelector("form[data-goes-on]");
  if (going) {
    const wait = setTimeout(() => going.requestSubmit(), 150);
    document.querySelector("[data-stop]")?.addEventListener("click", () => clearTimeout(wait));
  }
}
