// A person's page: the list of words to choose from follows the kind of fact that is added, and a marked passage opens
// the fact it means. Both only spare clicks: without this script every list takes any words, and every fact opens by hand.
"use strict";

document.querySelectorAll("select[data-lists]").forEach((kind) => {
  const words = document.querySelector(kind.dataset.lists);
  const follow = () => {
    const list = kind.selectedOptions[0].dataset.list;
    if (list) { words.setAttribute("list", list); } else { words.removeAttribute("list"); }
  };
  kind.addEventListener("change", follow);
  follow();
});

const openFact = () => {
  const target = window.location.hash.startsWith("#fact-") && document.querySelector(window.location.hash);
  const details = target && target.querySelector("details");
  if (details) { details.open = true; details.querySelector("summary").focus(); }
};
window.addEventListener("hashchange", openFact);
openFact();
