// What sheets do beyond plain HTML: lists that can be ticked, kept in this browser only; dates; blocks left empty.
(() => {
  "use strict";

  const PREFIX = "handbook.ticks.";
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Days ----------------------------------------------------------------------------------------------------------

  /** The day on this reader's clock, as 2026-11-21; with `turn` 12 a night belongs to the evening it began in. */
  function today(turn = 0) {
    const now = new Date();
    now.setHours(now.getHours() - turn);
    const two = number => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** The day of printing, and a note on a page that was made for another day. */
  function showDays() {
    for (const place of all("[data-printed]")) place.textContent = today();
    for (const note of all("[data-day]")) note.hidden = note.dataset.day === today();
  }

  // Ticks ---------------------------------------------------------------------------------------------------------

  /** Where a list is kept: one that turns every day under its day, a path for good. */
  function keyOf(list) {
    const { ticks, ticksTurn } = list.dataset;
    return PREFIX + ticks + (ticksTurn === undefined ? "" : `.${today(Number(ticksTurn))}`);
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) || { done: [], bad: [] };
    } catch (_) {
      return { done: [], bad: [] };
    }
  }

  function write(key, kept) {
    try {
      if (kept.done.length || kept.bad.length) localStorage.setItem(key, JSON.stringify(kept));
      else localStorage.removeItem(key);
    } catch (_) {
      // A reader who forbids storage still ticks, until the page is closed.
    }
  }

  /** Lists of other days are of no use to anybody. */
  function forgetOtherDays(list) {
    if (list.dataset.ticksTurn === undefined) return;
    const key = keyOf(list);
    const start = `${PREFIX}${list.dataset.ticks}.`;
    try {
      Object.keys(localStorage).filter(other => other.startsWith(start) && other !== key)
        .forEach(other => localStorage.removeItem(other));
    } catch (_) {
      // Nothing is kept where storage is forbidden.
    }
  }

  /** What is ticked on the page. */
  function ticked(list) {
    const names = kind => all(`[data-${kind}]:checked`, list).map(box => box.getAttribute(`data-${kind}`));
    return { done: names("tick"), bad: names("tick-bad") };
  }

  /** Make the page show what is kept. */
  function show(list, kept) {
    for (const box of all("[data-tick]", list)) box.checked = kept.done.includes(box.dataset.tick);
    for (const box of all("[data-tick-bad]", list)) {
      box.checked = kept.bad.includes(box.dataset.tickBad);
      if (box.checked) box.closest("details").open = true;
    }
    count(list);
  }

  /** The count, of the whole and of its parts, and each row's look. */
  function count(list) {
    const settled = row => Boolean(row.querySelector("[data-tick]:checked, [data-tick-bad]:checked"));
    for (const row of all(".hb-task", list)) {
      row.classList.toggle("hb-task--done", settled(row));
      row.classList.toggle("hb-task--bad", Boolean(row.querySelector("[data-tick-bad]:checked")));
    }
    const done = within => String(all(".hb-task--done", within).length);
    for (const place of all("[data-ticks-done]", list)) place.textContent = done(list);
    for (const place of all("[data-ticks-part]", list)) {
      place.textContent = done(document.getElementById(place.dataset.ticksPart));
    }
    const bad = all(".hb-task--bad", list).length;
    for (const place of all("[data-ticks-bad-number]", list)) place.textContent = String(bad);
    for (const place of all("[data-ticks-bad]", list)) place.hidden = !bad;
  }

  /** A task is in order or it is not: one tick takes the other away. */
  function onTick(list, box) {
    const other = box.closest(".hb-task").querySelector(box.matches("[data-tick]") ? "[data-tick-bad]" : "[data-tick]");
    if (box.checked && other) other.checked = false;
    write(keyOf(list), ticked(list));
    count(list);
  }

  /** Clear everything; the same button brings it back until the next tick. */
  function setUpClear(list, button) {
    const plain = button.textContent;
    let cleared = null;
    const rename = () => { button.textContent = cleared ? button.dataset.undo : plain; };
    button.addEventListener("click", () => {
      const kept = cleared || { done: [], bad: [] };
      cleared = cleared ? null : ticked(list);
      write(keyOf(list), kept);
      show(list, kept);
      rename();
    });
    list.addEventListener("change", () => {
      cleared = null;
      rename();
    });
  }

  function setUpTicks() {
    for (const list of all("[data-ticks]:not([data-ready])")) {
      list.dataset.ready = "";
      forgetOtherDays(list);
      all("[data-ticks-clear]", list).forEach(button => setUpClear(list, button));
      list.addEventListener("change", event => onTick(list, event.target));
    }
    showKept();
  }

  /** Also when the reader comes back to the page: another tab may have ticked, another day begun. */
  function showKept() {
    for (const list of all("[data-ticks]")) show(list, read(keyOf(list)));
    showDays();
  }

  // Blocks --------------------------------------------------------------------------------------------------------

  /** A block whose entries are all meant for other locations says that there is nothing. */
  function fillEmptyBlocks() {
    for (const block of all("[data-or-else]")) {
      block.nextElementSibling.hidden = Array.from(block.children).some(entry => !entry.matches(".hb-off-location"));
    }
  }

  // Cards and posters ---------------------------------------------------------------------------------------------

  /** Print all of a page, or only the card or poster of the button. */
  function printOnClick(event) {
    const button = event.target.closest("[data-print-all], [data-print-one]");
    if (!button) return;
    chooseForPrint(button.closest(".hb-slip, .hb-poster"));
    print();
  }

  /** Only this card or poster is for print, or all again; a phone still prints when print() has returned. */
  function chooseForPrint(one) {
    all(".hb-print-this").forEach(other => other.classList.remove("hb-print-this"));
    document.documentElement.classList.toggle("hb-print-one", Boolean(one));
    if (one) one.classList.add("hb-print-this");
  }

  // ---------------------------------------------------------------------------------------------------------------

  function onEveryPage() {
    setUpTicks();
    fillEmptyBlocks();
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) showKept(); });
  document.addEventListener("click", printOnClick);
  addEventListener("afterprint", () => chooseForPrint(null));
  addEventListener("beforeprint", showDays);

  if (window.document$) window.document$.subscribe(onEveryPage);
  else onEveryPage();
})();
