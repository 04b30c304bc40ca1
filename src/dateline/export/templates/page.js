"use strict";
(() => {
  const marks = new Map();
  for (const mark of document.querySelectorAll("mark[data-of]")) {
    for (const id of mark.dataset.of.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(mark);
    }
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const light = (id) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const card = document.getElementById(id);
    if (card) card.classList.add("lit");
    for (const mark of marks.get(id) || []) mark.classList.add("lit");
    return card;
  };
  const show = (id) => {
    const card = light(id);
    const group = card && card.closest("details");
    if (group) group.open = true;
    return card;
  };
  document.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    const mark = event.target.closest("mark[data-of]");
    if (card) {
      light(card.id);
      const first = (marks.get(card.id) || [])[0];
      if (first) first.scrollIntoView({ block: "center", behavior: still });
      history.replaceState(null, "", "#" + card.id);
    } else if (mark) {
      const ids = mark.dataset.of.split(" ");
      const lit = document.querySelector(".card.lit");
      // Pressing the same words again goes on to the next finding behind them.
      const next = ids[(ids.indexOf(lit ? lit.id : "") + 1) % ids.length];
      const found = show(next);
      if (found) found.scrollIntoView({ block: "nearest", behavior: still });
      history.replaceState(null, "", "#" + next);
    }
  });
  const wanted = location.hash.slice(1);
  if (wanted && marks.has(wanted)) {
    show(wanted);
    marks.get(wanted)[0].scrollIntoView({ block: "center" });
  }
})();
