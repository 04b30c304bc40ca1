"use strict";
(() => {
  // On a phone the pages stand in one line: the present one is shown, without moving the page itself.
  const here = document.querySelector(".top nav [aria-current]");
  if (here) {
    const line = here.closest("nav");
    line.scrollLeft += here.getBoundingClientRect().left - line.getBoundingClientRect().left - line.clientWidth / 3;
  }
  const marks = new Map();
  for (const mark of document.querySelectorAll("mark[data-of]")) {
    for (const id of mark.dataset.of.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(mark);
    }
  }
  const sheet = document.getElementById("sheet");
  const wide = matchMedia("(min-width: 60.01rem)");
  const unlight = () => {
    for (const lit of document.querySelectorAll("mark.lit[data-of], .card.lit")) lit.classList.remove("lit");
  };
  const light = (id) => {
    unlight();
    for (const mark of marks.get(id) || []) mark.classList.add("lit");
    const card = document.getElementById(id);
    if (!card) return null;
    card.classList.add("lit");
    const group = card.closest("details");
    if (group) group.open = true;
    return card;
  };
  const within = (element, box) => {
    // Only the list of findings moves; the reader keeps their place in the text.
    const list = element.closest("aside");
    if (wide.matches && list) list.scrollTop += element.getBoundingClientRect().top - list.getBoundingClientRect().top - box;
  };
  const hide = () => { if (sheet) sheet.hidden = true; };
  const peek = (mark) => {
    const card = document.getElementById(mark.dataset.of.split(" ")[0]);
    if (!card || !sheet) return;
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    sheet.replaceChildren(copy);
    sheet.hidden = false;
    if (wide.matches) {
      const place = mark.getClientRects()[0] || mark.getBoundingClientRect();
      sheet.style.left = Math.max(8, Math.min(place.left + scrollX, innerWidth - sheet.offsetWidth - 16)) + "px";
      sheet.style.top = place.bottom + scrollY + 6 + "px";
    }
  };
  let current = -1;
  const order = [...marks.keys()];
  const go = (id) => {
    const card = light(id);
    if (card) within(card, 40);
    const first = (marks.get(id) || [])[0];
    if (first) first.scrollIntoView({ block: "center" });
    current = order.indexOf(id);
    history.replaceState(null, "", "#" + id);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    const mark = event.target.closest("mark[data-of]");
    if (button) {
      hide();
      go(button.dataset.show);
    } else if (mark) {
      const ids = mark.dataset.of.split(" ");
      const lit = document.querySelector(".card.lit");
      // Pressing the same words again goes on to the next finding behind them.
      const next = ids[(ids.indexOf(lit ? lit.id : "") + 1) % ids.length];
      const card = light(next);
      if (card) within(card, 40);
      current = order.indexOf(next);
      history.replaceState(null, "", "#" + next);
      if (!wide.matches) peek(mark);
      else hide();
    } else if (!event.target.closest("#sheet")) hide();
  });
  if (matchMedia("(hover: hover)").matches) {
    document.addEventListener("mouseover", (event) => {
      const mark = event.target.closest && event.target.closest("article mark[data-of]");
      if (mark) peek(mark);
      else if (wide.matches) hide();
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.target.id === "query" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.form.requestSubmit();
    } else if (event.key === "Escape") {
      hide();
      unlight();
    } else if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find").focus();
    } else if ((event.key === "n" || event.key === "p") && order.length) {
      current = event.key === "n" ? (current + 1) % order.length : (current <= 0 ? order.length : current) - 1;
      go(order[current]);
    }
  });
  const wanted = location.hash.slice(1).replace(/^w-/, "");
  if (marks.has(wanted)) {
    const card = light(wanted);
    if (card) within(card, 40);
    marks.get(wanted)[0].scrollIntoView({ block: "center" });
    current = order.indexOf(wanted);
  }
})();
