// Stands between Material's search box and our worker: who asks, what narrows the answer, and what to say where there is none.
// It runs before Material's script, which asks for a Worker by its usual name.
(() => {
  "use strict";

  const READY = 1, QUERY = 2, RESULT = 3;
  const FEW = { kind: 4, pack: 4, role: 3 };
  const words = JSON.parse(document.getElementById("hb-words").textContent);
  const box = document.querySelector("[data-md-component=search-query]");
  const toggle = document.getElementById("__search");
  if (!box || !toggle) return;
  const form = box.form;
  const status = document.querySelector(".md-search-result__meta");
  const chips = document.querySelector("[data-search-chips]");
  const near = document.querySelector("[data-search-near]");
  const Started = window.Worker;

  let search = null;
  let only = {};
  let last = "";

  /** Who asks: the role, and the packs of role and place. */
  function about() {
    const { role = "", location: place = "" } = document.documentElement.dataset;
    return { role, packs: [role, place].filter(Boolean).map(id => id.split("/")[0]) };
  }

  /** Answers as a worker does, be it one or, where none may be started, the same script in the page. */
  class Search extends EventTarget {
    constructor(address) {
      super();
      search = this;
      this.address = String(new URL(address, location));
      try {
        if (location.protocol === "file:") throw new Error("no worker can be started from a file");
        this.worker = new Started(this.address);
        this.worker.addEventListener("message", ({ data }) => this.hear(data));
        this.worker.addEventListener("error", () => { this.worker.terminate(); this.here(); }, { once: true });
      } catch (_) {
        this.here();
      }
    }

    /** Run the script of the worker in the page. */
    here() {
      if (window.handbookSearchHere) return;
      this.worker = { postMessage: message => this.waiting.push(message) };
      this.waiting = [];
      window.handbookSearchHere = {
        address: this.address,
        post: message => setTimeout(() => this.hear(message)),
        listen: hear => {
          this.worker = { postMessage: hear };
          this.waiting.forEach(hear);
        },
      };
      const script = document.createElement("script");
      script.src = this.address;
      script.addEventListener("error", () => this.hear({ type: RESULT, data: { items: [], failed: true, last: true, query: last } }));
      document.head.append(script);
      if (last) this.ask(last);
    }

    postMessage({ type, data }) {
      if (type === QUERY) this.ask(data);
    }

    ask(query) {
      if (query !== last) only = {};
      last = query;
      this.worker.postMessage({ type: QUERY, data: { query, about: about(), only } });
    }

    hear(message) {
      this.dispatchEvent(new MessageEvent("message", { data: message }));
      if (message.type === RESULT) show(message.data);
    }
  }

  window.Worker = function (address, options) {
    return String(address).endsWith("search-worker.js") ? new Search(address) : new Started(address, options);
  };

  const make = (tag, attributes, text) => Object.assign(document.createElement(tag), attributes, { textContent: text });

  /** What stands around Material's list: chips that narrow it, or why it is empty and what comes near. */
  function show({ items, facets = {}, near: names = [], failed, partly, last: final, query }) {
    const narrowed = Object.values(only).some(Boolean);
    chips.replaceChildren(...(items.length || narrowed ? Object.entries(FEW).flatMap(([by, few]) => group(by, facets[by] || [], few)) : []));
    chips.hidden = !chips.childElementCount;
    near.replaceChildren(...(names.length && query.trim() ? [words["search-near"], ...names.map(nearButton)] : []));
    near.hidden = !near.childElementCount;
    if (final) status.dataset.answers = query;
    else delete status.dataset.answers;
    if (failed) status.textContent = words["search-failed"];
    else if (partly) status.textContent += ` ${words[final ? "search-names" : "search-partly"]}`;
  }

  /** The chips of one sort; one alone narrows nothing unless it is pressed already. */
  function group(by, values, few) {
    const mine = about().role;
    const first = by === "role" ? values.filter(([value]) => value === mine) : values.filter(([value]) => value === only[by]);
    const shown = [...first, ...values.filter(value => !first.includes(value))].slice(0, few);
    if (shown.length < 2 && !only[by]) return [];
    return shown.map(([value, title, count]) => {
      const chip = make("button", { type: "button", className: "hb-narrow" }, `${title} ${count}`);
      chip.dataset.by = by;
      chip.setAttribute("aria-pressed", String(only[by] === value));
      chip.addEventListener("click", () => {
        only = { ...only, [by]: only[by] === value ? "" : value };
        search.ask(last);
        box.focus({ preventScroll: true });
      });
      return chip;
    });
  }

  function nearButton(name) {
    const button = make("button", { type: "button", className: "hb-narrow" }, name);
    button.addEventListener("click", () => type(name));
    return button;
  }

  /** Put a text into the box as if it had been typed. */
  function type(text) {
    box.value = text;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The box -----------------------------------------------------------------------------------------------------

  // Material listens to the keyboard only: input methods, voice and paste need to say that something was typed.
  // While an input method is open, what stands in the box is not what is meant yet, and its keys are not for Material.
  for (const event of ["input", "compositionend"]) {
    box.addEventListener(event, ({ isComposing }) => {
      if (!isComposing) box.dispatchEvent(new Event("keyup"));
    });
  }

  for (const event of ["keydown", "keyup"]) {
    document.addEventListener(event, each => each.isComposing && each.target === box && each.stopPropagation(), true);
  }

  /** What is searched for stands in the address, so that going back, or sending it on, finds the same. */
  function keepInAddress() {
    const address = new URL(location);
    if ((toggle.checked || leaving) && box.value.trim()) address.searchParams.set("q", box.value);
    else address.searchParams.delete("q");
    if (String(address) !== String(location)) history.replaceState(history.state, "", address);
  }

  let pause = 0;
  let leaving = false;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(keepInAddress, 300);
  });
  // After Material, which takes the query out of the address, and before the page is left.
  toggle.addEventListener("change", () => toggle.checked || queueMicrotask(keepInAddress));
  // Enter that comes before Material has opened the search would send the form.
  form.addEventListener("submit", event => {
    event.preventDefault();
    const first = document.querySelector(".md-search-result__item > a");
    if (first) first.click();
  });
  form.addEventListener("reset", () => setTimeout(() => box.dispatchEvent(new Event("input"))));
  // The page that is left for a result keeps the query in its address, though the search closes.
  document.addEventListener("click", event => {
    if (event.target.closest(".md-search-result__link")) leaving = true;
  }, true);
  addEventListener("pageshow", () => { leaving = false; });

  // Material closes the search on Tab and gives every other key back to the box: chips could not be reached.
  form.closest(".md-search").addEventListener("keydown", event => {
    const first = form.closest(".md-search").querySelector(".hb-narrow");
    if (event.target.closest(".hb-narrow, .hb-search-lost a")) {
      if (["Tab", "Enter", " ", "Shift"].includes(event.key)) event.stopPropagation();
    } else if (event.key === "Tab" && first && event.target === box && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      first.focus();
    }
  });
})();
