// What the pages do beyond plain HTML. Every page is complete without this file; each function adds one thing.
(() => {
  "use strict";

  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("hb-words").textContent);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const make = (tag, attributes, text = "") => {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.textContent = text;
    return element;
  };

  const memory = {
    get(key) {
      try {
        return localStorage.getItem(`handbook.${key}`) || "";
      } catch (_) {
        return "";
      }
    },
    set(key, value) {
      try {
        if (value) localStorage.setItem(`handbook.${key}`, value);
        else localStorage.removeItem(`handbook.${key}`);
      } catch (_) {
        // A reader who forbids storage still reads, and chooses again next time.
      }
    },
  };

  // Role and location ---------------------------------------------------------------------------------------------

  /** Remember a chosen role or location ("" forgets it), with its title for the chip. */
  function choose(name, id, title) {
    memory.set(name, id);
    memory.set(`${name}_title`, id && title);
    applyChoice();
  }

  /** Show the choice in the header, and hide what is meant for others. */
  function applyChoice() {
    for (const name of ["role", "location"]) {
      const id = memory.get(name);
      if (id) root.dataset[name] = id;
      else delete root.dataset[name];
      for (const element of all(`[data-for-${name}]`)) {
        const ids = element.getAttribute(`data-for-${name}`).split(/\s+/);
        element.classList.toggle(`hb-off-${name}`, Boolean(id) && !ids.includes(id));
      }
    }
    const titles = ["role", "location"].map(name => memory.get(`${name}_title`)).filter(Boolean);
    for (const text of all("[data-chip-text]")) text.textContent = titles.join(" · ") || words.choose;
    showMyLines();
    foldOthersSteps();
  }

  /** Of lines for several roles, only mine shows, or else the first. */
  function showMyLines() {
    const role = memory.get("role");
    for (const group of all("[data-only-mine]")) {
      const lines = Array.from(group.children);
      const mine = lines.find(line => (line.dataset.mineFor || "").split(/\s+/).includes(role) && role) || lines[0];
      lines.forEach(line => { line.hidden = line !== mine; });
    }
  }

  /** The address of a role's page, or nothing if this page does not offer the role. */
  function roleAddress(id) {
    const option = all("[data-choice] option[data-href]").find(candidate => candidate.value === id);
    const tile = all("[data-choose-role]").find(candidate => candidate.dataset.chooseRole === id);
    return option ? option.dataset.href : tile ? tile.getAttribute("href") : "";
  }

  /** The start page opens on the chosen role, unless the reader came to choose. */
  function openOnRole() {
    if (!document.querySelector("[data-home]") || new URLSearchParams(location.search).has("choose")) return;
    const address = roleAddress(memory.get("role"));
    if (address) location.replace(address);
  }

  /** The selects of the start page show, remember and follow the choice. */
  function setUpChoice() {
    for (const form of all("form[data-choice]")) {
      for (const select of all("select", form)) {
        select.value = memory.get(select.name);
        if (select.selectedIndex < 0) select.selectedIndex = 0;
        select.addEventListener("change", () => {
          choose(select.name, select.value, select.selectedOptions[0].textContent.trim());
          offerPlaces(form);
        });
      }
      offerPlaces(form);
      form.addEventListener("submit", event => {
        event.preventDefault();
        const address = roleAddress(memory.get("role"));
        if (address) location.assign(address);
      });
    }
    for (const name of ["role", "location"]) {
      for (const link of all(`[data-choose-${name}]`)) {
        link.addEventListener("click", () => {
          choose(name, link.getAttribute(`data-choose-${name}`), link.dataset.title || link.textContent.trim());
        });
      }
    }
  }

  /** Of the locations, only those where the chosen role works. */
  function offerPlaces(form) {
    const { role, location: place } = form.elements;
    const pack = role.value.split("/")[0];
    for (const option of all("option[data-packs]", place)) {
      option.disabled = option.hidden = Boolean(pack) && !option.dataset.packs.split(" ").includes(pack);
    }
    if (place.selectedOptions[0] && place.selectedOptions[0].disabled) {
      place.value = "";
      choose("location", "", "");
    }
  }

  /** A step of another role shrinks to its heading, with a button that opens it. */
  function foldOthersSteps() {
    const role = memory.get("role");
    for (const step of all(".hb-step[data-mine-for]")) {
      const other = Boolean(role) && !step.dataset.mineFor.split(/\s+/).includes(role);
      const body = step.querySelector(".hb-step__body");
      const button = step.querySelector(".hb-step__unfold");
      step.classList.toggle("hb-step--other", other);
      if (button) button.remove();
      if (body) body.hidden = other;
      if (other && body) addUnfold(step, body);
    }
  }

  function addUnfold(step, body) {
    const button = make("button", { type: "button", class: "hb-step__unfold", "aria-expanded": "false" }, words.unfold);
    button.addEventListener("click", () => {
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
      button.textContent = body.hidden ? words.unfold : words.fold;
    });
    step.querySelector(".hb-step__head").appendChild(button);
  }

  // Tabs ----------------------------------------------------------------------------------------------------------

  /** Stacked sections become tabs; the address keeps the open one. */
  function setUpTabs() {
    for (const box of all(".hb-tabs:not([data-ready])")) {
      const panels = Array.from(box.children).filter(child => child.dataset.tab);
      if (panels.length < 2) continue;
      box.dataset.ready = "";
      const list = make("div", { class: "hb-tabs__list", role: "tablist", "aria-label": box.dataset.label || words.tabs });
      panels.forEach(panel => list.appendChild(tabOf(panel)));
      list.addEventListener("keydown", event => moveBetweenTabs(event, list));
      box.insertBefore(list, panels[0]);
      showTab(panels[0]);
    }
    followHash();
  }

  function tabOf(panel) {
    const tab = make("button", { type: "button", role: "tab", id: `tab-${panel.id}`, "aria-controls": panel.id }, panel.dataset.tab);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    tab.addEventListener("click", () => {
      showTab(panel);
      history.replaceState(history.state, "", `#${panel.id}`);
    });
    return tab;
  }

  function showTab(panel) {
    for (const tab of all(":scope > .hb-tabs__list > [role=tab]", panel.parentElement)) {
      const chosen = tab.getAttribute("aria-controls") === panel.id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
  }

  function moveBetweenTabs(event, list) {
    const tabs = all("[role=tab]", list);
    const here = tabs.indexOf(document.activeElement);
    const last = tabs.length - 1;
    const next = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here ? here - 1 : last, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    tabs[next].focus();
    tabs[next].click();
  }

  /** A link to something inside a closed tab or a folded block opens what hides it. */
  function followHash() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let opened = false;
    for (let element = target; element; element = element.parentElement) {
      if (element.getAttribute("role") === "tabpanel" && element.hidden) {
        showTab(element);
        opened = true;
      } else if (element.tagName === "DETAILS" && !element.open) {
        element.open = true;
        opened = true;
      }
    }
    if (opened && target.getAttribute("role") !== "tabpanel") target.scrollIntoView();
  }

  // Folded blocks -------------------------------------------------------------------------------------------------

  /** A reader who opened the management block once finds it open on the next page. */
  function rememberDetails() {
    for (const details of all("details[data-remember]")) {
      const key = `open.${details.dataset.remember}`;
      if (memory.get(key)) details.open = true;
      details.querySelector("summary").addEventListener("click", () => memory.set(key, details.open ? "" : "1"));
    }
  }

  /** Paper shows everything. */
  function openForPrint() {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all(".md-content details:not([open])");
      opened.forEach(details => { details.open = true; });
    });
    addEventListener("afterprint", () => opened.forEach(details => { details.open = false; }));
  }

  // Sentences -----------------------------------------------------------------------------------------------------

  /** Copy the sentence beside the button, or the button's own text. */
  function copyOnClick(event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const box = button.closest(".hb-say");
    const text = button.dataset.copy || (box ? box.querySelector(".hb-say__text").innerText.trim() : "");
    copy(text).then(() => {
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    });
  }

  function copy(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const area = make("textarea", { class: "hb-aside", "aria-hidden": "true" });
    area.value = text;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }

  /** Fill the screen with one line, to be turned towards a guest. */
  function showOnClick(event) {
    const button = event.target.closest("[data-show]");
    if (!button) return;
    const text = make("p", { class: "hb-show__text", lang: button.dataset.showLang || "en" }, button.dataset.show);
    const close = make("button", { type: "button", class: "hb-button" }, words.close);
    const show = make("div", { class: "hb-show", role: "dialog", "aria-modal": "true", "aria-label": button.textContent.trim() });
    show.append(text, close);
    const leave = () => {
      show.remove();
      root.classList.remove("hb-showing");
      button.focus();
    };
    close.addEventListener("click", leave);
    show.addEventListener("keydown", pressed => {
      pressed.stopPropagation();
      if (pressed.key === "Escape") leave();
      if (pressed.key === "Tab") pressed.preventDefault();
    });
    document.body.appendChild(show);
    root.classList.add("hb-showing");
    close.focus();
  }

  // Complaint -----------------------------------------------------------------------------------------------------

  /** The red flags choose which severity the page shows. */
  function setUpFlags() {
    for (const flags of all(".hb-flags")) {
      const radios = all("input[type=radio]", flags);
      if (!radios.length) continue;
      const chosen = radios.find(radio => radio.checked) || radios[0];
      chosen.checked = true;
      showSeverity(chosen.value);
      flags.addEventListener("change", event => showSeverity(event.target.value));
    }
  }

  function showSeverity(id) {
    for (const block of all("[data-severity]")) {
      block.classList.toggle("hb-off-severity", !block.dataset.severity.split(/\s+/).includes(id));
    }
  }

  // Two businesses ------------------------------------------------------------------------------------------------

  /** Of the comparisons, only the lines of two chosen businesses; the address keeps the choice. */
  function setUpSides() {
    const form = document.querySelector("form[data-sides]");
    if (!form) return;
    const asked = new URLSearchParams(location.search);
    for (const select of all("select", form)) {
      select.value = asked.get(select.name) || "";
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
    form.addEventListener("change", () => {
      const query = new URLSearchParams(all("select", form).filter(each => each.value).map(each => [each.name, each.value]));
      history.replaceState(history.state, "", `${location.pathname}${String(query) && `?${query}`}`);
      showSides(form);
    });
    showSides(form);
  }

  function showSides(form) {
    const chosen = all("select", form).map(select => select.value).filter(Boolean);
    let shown = 0;
    for (const section of all("[data-sides-of]")) {
      const lines = all("[data-side]", section);
      for (const line of lines) line.hidden = chosen.length > 0 && !chosen.includes(line.dataset.side);
      section.hidden = !chosen.every(name => lines.some(line => line.dataset.side === name));
      if (!section.hidden) shown += 1;
    }
    form.querySelector("[data-sides-told]").textContent = chosen.length ? `${shown} ${words["sides-told"]}` : "";
  }

  // Reports -------------------------------------------------------------------------------------------------------

  /** A report says who meets the problem, where, and what was searched for. The body is the last part of its address. */
  function fillReport(event) {
    const link = event.target.closest("a[data-report]");
    if (!link) return;
    const query = document.querySelector("[data-md-component=search-query]");
    const facts = [
      [words.role, memory.get("role")],
      [words.place, memory.get("location")],
      [words.search, "reportQuery" in link.dataset && query ? query.value : ""],
    ];
    const lines = facts.filter(([, value]) => value).map(([name, value]) => `\n${name}: ${value}`);
    if (!link.dataset.plain) link.dataset.plain = link.getAttribute("href");
    link.href = link.dataset.plain + encodeURIComponent(lines.join(""));
  }

  // Search and keyboard -------------------------------------------------------------------------------------------

  /** What looks like a search box on a page leads into the one of the header. */
  function openSearch() {
    const box = document.querySelector("[data-md-component=search-query]");
    if (!box) return;
    document.addEventListener("click", event => {
      if (event.target.closest("[data-open-search]")) box.focus();
    });
  }

  /** In a folder that no server serves, an address that ends in a folder needs the name of its page. */
  function nameThePage(event) {
    const link = event.target.closest("a[href]");
    if (!link || location.protocol !== "file:" || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    link.pathname += "index.html";
  }

  /** Labels that act as buttons answer to the space bar too. */
  function pressLabels(event) {
    if (event.key !== " " || !event.target.matches("label[role=button]")) return;
    event.preventDefault();
    event.target.click();
  }

  /** The palette's radio buttons show what is in force. */
  function markPalette() {
    const saved = window.__md_get("__palette");
    const radios = all("[data-md-component=palette] input");
    const index = saved ? saved.index : 0;
    if (radios[index]) radios[index].checked = true;
  }

  /** A table wider than the page can be scrolled from the keyboard. */
  function reachWideTables() {
    if (!window.ResizeObserver) return;
    const observer = new ResizeObserver(changes => changes.forEach(({ target }) => {
      if (target.scrollWidth <= target.clientWidth) return target.removeAttribute("tabindex");
      target.tabIndex = 0;
      target.setAttribute("role", "group");
      if (!target.hasAttribute("aria-label")) target.setAttribute("aria-label", words.table);
    }));
    all(".hb-table, .md-typeset__scrollwrap").forEach(table => observer.observe(table));
  }

  // Versions ------------------------------------------------------------------------------------------------------

  const version = /^v?\d+(\.\d+)?$/;
  const bare = text => text.normalize("NFKC").toLowerCase().replace(/版本|版/g, " ").replace(/[^\p{L}\p{N}.\s]/gu, "");

  /** What is typed, as a printed sheet has it, narrows the list to the document and marks its version. */
  function setUpFilter() {
    for (const form of all("form[data-filter]")) {
      const box = form.querySelector("input");
      const status = form.querySelector("[data-filter-status]");
      const items = all(`#${form.dataset.filter} [data-filter-text]`);
      const links = items.map(item => item.querySelector("[data-filter-on]")).filter(Boolean);
      const apply = () => {
        status.textContent = narrow(items, bare(box.value).split(/\s+/).filter(Boolean));
        const query = box.value && `?filter=${encodeURIComponent(box.value)}`;
        for (const link of links) link.setAttribute("href", link.getAttribute("href").replace(/\?.*|$/, query));
      };
      box.value = new URLSearchParams(location.search).get("filter") || "";
      form.hidden = false;
      form.addEventListener("submit", event => {
        event.preventDefault();
        const left = links.filter(link => link.offsetParent);
        if (left.length === 1) left[0].click();
      });
      box.addEventListener("input", apply);
      apply();
    }
  }

  /** Hides what does not fit the parts that were typed; returns what to say about it. */
  function narrow(items, parts) {
    const [wanted] = parts.slice(1).filter(part => version.test(part)).map(part => part.replace("v", ""));
    const names = parts.filter((part, index) => !index || !version.test(part));
    const exact = items.filter(item => names.includes(bare(item.dataset.filterCode)));
    const fit = exact.length ? exact : items.filter(item => names.every(name => bare(item.dataset.filterText).includes(name)));
    let hit = false;
    for (const item of items) {
      item.hidden = !fit.includes(item);
      hit = markRows(item, item.hidden ? "" : wanted) || hit;
    }
    if (!parts.length) return "";
    if (!fit.length) return words["filter-none"];
    if (wanted && !hit) return `${words["filter-no-version"]} ${wanted}`;
    return fit.length > 1 ? `${fit.length} ${words["filter-many"]}` : "";
  }

  /** Marks the row of a version: of the same number before the point, since what stands behind it is wording. */
  function markRows(item, wanted) {
    let hit = false;
    for (const row of all("[data-filter-version]", item)) {
      const same = Boolean(wanted) && row.dataset.filterVersion.split(".")[0] === wanted.split(".")[0];
      row.classList.toggle("hb-versions__row--hit", same);
      hit = hit || same;
    }
    return hit;
  }

  // ---------------------------------------------------------------------------------------------------------------

  function onEveryPage() {
    openOnRole();
    setUpChoice();
    applyChoice();
    setUpFlags();
    setUpTabs();
    rememberDetails();
    reachWideTables();
    setUpFilter();
    setUpSides();
  }

  document.addEventListener("click", copyOnClick);
  document.addEventListener("click", showOnClick);
  document.addEventListener("click", fillReport);
  document.addEventListener("keydown", pressLabels);
  addEventListener("hashchange", followHash);
  openSearch();
  document.addEventListener("click", nameThePage, true);
  markPalette();
  openForPrint();

  if (window.document$) window.document$.subscribe(onEveryPage);
  else onEveryPage();
})();
