"use strict";
(() => {
  const root = document.documentElement;
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (query) => document.querySelector(query);
  const paper = one("#paper"), side = one("#side"), search = one("#search"), unit = one("#unit"), help = one("#help");
  const rows = all(".row"), groups = all(".group"), findings = all("#findings a");
  const roles = all("[data-role]");
  const text = rows.map((row) => row.textContent.toLowerCase());
  const units = rows.map((row) => row.dataset.u.split(" ").filter(Boolean));
  const segments = { r: new Map(), c: new Map(), f: new Map() };
  for (const key of "rcf") {
    for (const segment of all(`#paper [data-${key}]`)) {
      const number = segment.dataset[key];
      if (!segments[key].has(number)) segments[key].set(number, []);
      segments[key].get(number).push(segment);
    }
  }
  const of = (key, number) => segments[key].get(number) ?? [];
  const places = new Map();
  for (const row of rows) places.set(row.dataset.r, [...(places.get(row.dataset.r) ?? []), row]);
  const standing = (place) => places.get(place) ?? [];
  let role = "", current = -1, finding = -1;

  // Views: both sides stand next to each other where there is room, one at a time where there is not.
  const view = (name) => {
    root.classList.toggle("paper", name === "paper");
    root.classList.toggle("units", name === "units");
    for (const tab of all(".tabs button")) {
      if (tab.dataset.view === name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  };

  // Filters.
  const matches = (n) => {
    if (role === "n") { if (!rows[n].classList.contains("unassigned")) return false; }
    else if (rows[n].classList.contains("unassigned")) return false;
    else if ((role || unit.value) && !units[n].some((u) => (!role || u[0] === role) && (!unit.value || u.slice(1) === unit.value))) return false;
    return text[n].includes(search.value.trim().toLowerCase());
  };
  const filter = () => {
    let shown = 0;
    rows.forEach((row, n) => {
      row.hidden = !matches(n);
      shown += !row.hidden;
    });
    const narrowed = Boolean(role || unit.value || search.value.trim());
    for (const [place, list] of segments.r) {
      const dim = narrowed && standing(place).every((row) => row.hidden);
      for (const segment of list) segment.classList.toggle("dim", dim);
    }
    for (const group of groups) group.hidden = !group.querySelector(".row:not([hidden])");
    for (const button of roles) button.setAttribute("aria-pressed", String(button.dataset.role === role));
    one("#ledger > .none").hidden = shown > 0;
    one("#shown").textContent = `${shown} 项`;
    paint();
  };
  const clear = (wanted = "") => {
    role = wanted;
    unit.value = search.value = "";
    filter();
  };
  const paint = () => {
    if (!window.Highlight) return;
    const word = search.value.trim().toLowerCase(), ranges = [];
    const walk = document.createTreeWalker(one("main"), NodeFilter.SHOW_TEXT);
    for (let node = word && walk.nextNode(); node && ranges.length < 2000; node = walk.nextNode()) {
      const hay = node.data.toLowerCase();
      for (let at = hay.indexOf(word); at >= 0; at = hay.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, Math.min(at + word.length, node.length));
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  // Selection: a row of the ledger and its place in the text, or a finding.
  const hold = (list) => {
    for (const held of all(".held")) held.classList.remove("held");
    for (const segment of list) segment.classList.add("held");
  };
  const place = (n) => {
    const own = of("r", rows[n].dataset.r);
    const clause = of("c", rows[n].dataset.c);
    return [...own, ...clause.filter((segment) => !own.includes(segment))];
  };
  const select = (n, to) => {
    if (!rows[n]) return;
    if (rows[n].hidden) clear(rows[n].classList.contains("unassigned") ? "n" : "");
    if (current >= 0) {
      rows[current].removeAttribute("aria-current");
      rows[current].tabIndex = -1;
    }
    current = n;
    rows[n].setAttribute("aria-current", "true");
    rows[n].tabIndex = 0;
    const list = place(n);
    hold(list);
    view(to);
    if (to === "ledger") rows[n].scrollIntoView({ block: "nearest" });
    list[0]?.scrollIntoView({ block: "center" });
  };
  const point = (n) => {
    if (!findings[n]) return;
    finding = n;
    const list = of("f", findings[n].dataset.f);
    view("paper");
    hold([findings[n], ...list]);
    findings[n].scrollIntoView({ block: "nearest" });
    list[0]?.scrollIntoView({ block: "center" });
  };
  // From the text to the ledger: the row of this place, or the first row that the clause or finding concerns.
  const rowAt = (segment) => {
    const { r, c } = segment.dataset;
    return rows.findIndex((row) => (r !== undefined ? row.dataset.r === r : c !== undefined && row.dataset.c === c));
  };

  document.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const at = (query) => event.target.closest(query);
    const button = at("button"), row = at(".row"), listed = at("#findings a"), segment = at("#paper [data-r], #paper [data-c], #paper [data-f]");
    if (listed) {
      event.preventDefault();
      point(findings.indexOf(listed));
    } else if (row) {
      event.preventDefault();
      select(rows.indexOf(row), "paper");
    } else if (segment) {
      const n = rowAt(segment);
      if (n >= 0) {
        select(n, "ledger");
        rows[n].scrollIntoView({ block: "center" });
      } else if (segment.dataset.f) {
        point(findings.findIndex((entry) => entry.dataset.f === segment.dataset.f));
        view("ledger");
      }
    } else if (button?.dataset.view) view(button.dataset.view);
    else if (button?.dataset.role !== undefined) {
      role = button.dataset.role;
      filter();
    } else if (button?.dataset.unit) {
      clear();
      unit.value = button.dataset.unit;
      filter();
      view("ledger");
      side.scrollTop = 0;
    } else if (button?.classList.contains("help")) help.showModal();
  });

  // Where the pointer is, both sides show it.
  const over = (event) => {
    for (const lit of all(".over")) lit.classList.remove("over");
    const place = event.target.closest("[data-r]");
    if (!place) return;
    for (const row of standing(place.dataset.r)) row.classList.add("over");
    for (const segment of of("r", place.dataset.r)) segment.classList.add("over");
  };
  document.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") over(event); });

  search.addEventListener("input", filter);
  unit.addEventListener("change", filter);
  one(".filters").addEventListener("submit", (event) => event.preventDefault());

  // Keys.
  const step = (by) => {
    const shown = rows.map((_, n) => n).filter((n) => !rows[n].hidden);
    const at = shown.indexOf(current);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next === undefined) return;
    select(next, "ledger");
    rows[next].focus({ preventScroll: true });
  };
  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    Enter: () => {
      if (paper.contains(document.activeElement)) {
        view("ledger");
        rows[current]?.focus();
      } else if (current >= 0) {
        select(current, "paper");
        paper.focus({ preventScroll: true });
      }
    },
    "/": () => { if (root.classList.contains("paper")) view("ledger"); search.focus(); search.select(); },
    f: () => point((finding + 1) % findings.length),
    u: () => view(root.classList.contains("units") ? "ledger" : "units"),
    "?": () => help.showModal(),
    Escape: () => { clear(); document.activeElement.blur(); },
  };
  document.addEventListener("keydown", (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = document.activeElement;
    const typing = target.matches("input, select");
    if (typing && event.key !== "Escape") return;
    if (target.matches("button, #findings a") && event.key === "Enter") return;
    if (target === paper && event.key.startsWith("Arrow")) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  root.classList.add("js");
  view("ledger");
  filter();
  const linked = /^#r(\d+)$/.exec(location.hash);
  if (linked) select(Number(linked[1]), "ledger");
  requestAnimationFrame(() => root.classList.add("ready"));
})();
