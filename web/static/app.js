/* What the pages do beyond links and forms: drawers, palette, shortcuts, guard, confirmation, dates. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = () => $("#words").dataset;
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /* Toasts */
  const toast = (text) => {
    const close = make("button", { type: "button", textContent: "✕" });
    close.setAttribute("aria-label", words().close);
    const box = make("div", { className: "toast" }, make("span", { textContent: text }), close);
    close.addEventListener("click", () => box.remove());
    $(".toasts").append(box);
    setTimeout(() => box.remove(), 8000);
  };
  /* What can be undone stays until the reader goes on: nobody should have to hurry. */
  $$(".toast:not(:has(form))").forEach((box) => setTimeout(() => box.remove(), 8000));

  /* Drawer: htmx fills it, a filled drawer opens */
  const drawer = $("#drawer");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === drawer && !drawer.open) drawer.showModal();
    const focus = $("[data-focus]", event.detail.target);
    if (focus) focus.focus();
  });
  document.addEventListener("click", (event) => {
    const closer = event.target.closest("[data-close]");
    if (closer && drawer.open) { event.preventDefault(); if (leave()) drawer.close(); }
    if (event.target === drawer && leave()) drawer.close();
    const taker = event.target.closest("[data-take]");
    if (taker) {
      const input = document.getElementById(taker.dataset.take);
      input.value = taker.dataset.value;
      input.focus();
    }
  });
  document.addEventListener("htmx:responseError", () => toast(words().failed));
  document.addEventListener("htmx:sendError", () => toast(words().failed));
  document.addEventListener("htmx:beforeRequest", () => $("#wait").classList.add("htmx-request"));
  document.addEventListener("htmx:afterRequest", () => $("#wait").classList.remove("htmx-request"));
  document.addEventListener("saved", (event) => event.detail && toast(event.detail.value ?? String(event.detail)));

  /* The bell: how many messages wait, told as they come in while the page is looked at */
  const bell = $("[data-live]");
  if (bell && window.EventSource) {
    const count = $(".bell__count", bell);
    let stream = null;
    const show = (waiting) => {
      count.hidden = waiting === 0;
      const digits = new Intl.NumberFormat(document.documentElement.lang === "fa" ? "fa-IR" : "en").format(waiting);
      count.replaceChildren(digits, make("span", { className: "visually-hidden", textContent: ` ${count.dataset.words}` }));
    };
    const follow = () => {
      if (document.hidden) { stream?.close(); stream = null; return; }
      if (stream) return;
      stream = new EventSource(bell.dataset.live);
      stream.addEventListener("unread", (event) => show(Number(event.data)));
    };
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("pagehide", () => { stream?.close(); stream = null; });
    follow();
  }

  /* Unsaved changes */
  const changed = new WeakSet();
  const dirty = () => $$("form[data-guard]").some((form) => changed.has(form));
  const forget = () => $$("form[data-guard]").forEach((form) => changed.delete(form));
  const leave = () => { if (!dirty() || window.confirm(words().unsaved)) { forget(); return true; } return false; };
  document.addEventListener("input", (event) => { const form = event.target.form; if (form && "guard" in form.dataset) changed.add(form); });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  let wider = false;
  document.addEventListener("htmx:beforeSend", (event) => {
    if (!event.detail.elt.matches?.("form")) return;
    wider = event.detail.requestConfig.triggeringEvent?.submitter?.name === "look";
    changed.delete(event.detail.elt);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const form = wider && $("#drawer[open] form[data-guard], #form[data-guard]");
    if (form) changed.add(form);
    wider = false;
  });
  window.addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });
  drawer.addEventListener("cancel", (event) => { if (!leave()) event.preventDefault(); });

  /* Confirmation that names the consequence */
  const ask = (message, go) => {
    const dialog = $("#confirm");
    $("[data-message]", dialog).textContent = message;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && go(), { once: true });
    dialog.showModal();
  };
  document.addEventListener("htmx:confirm", (event) => {
    const message = event.detail.elt.dataset?.confirm;
    if (!message || event.detail.triggeringEvent?.submitter?.name === "look") return;
    event.preventDefault();
    ask(message, () => event.detail.issueRequest(true));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (window.htmx || !form.dataset.confirm || form.dataset.confirmed || event.submitter?.name === "look") return;
    event.preventDefault();
    ask(form.dataset.confirm, () => { form.dataset.confirmed = "yes"; form.requestSubmit(event.submitter); });
  });

  /* Command palette and shortcuts */
  const palette = $("#palette");
  const box = $("input", palette), list = $(".palette", palette);
  const places = $$("a[data-place]").map((link) => ({ text: link.textContent.trim(), href: link.getAttribute("href"), key: link.dataset.key }));
  const fold = (text) => text.toLowerCase().replaceAll("ي", "ی").replaceAll("ك", "ک").replace(/[\u200c\s]/g, "");
  const fill = () => {
    const wanted = fold(box.value);
    const found = places.filter((place) => fold(place.text).includes(wanted));
    const rows = found.map((place) => {
      const link = make("a", { href: place.href }, make("span", { textContent: place.text }));
      if (place.key) link.append(make("kbd", { textContent: `g ${place.key}` }));
      return link;
    });
    if (box.value.trim()) rows.push(make("a", { href: `/clusters?search=${encodeURIComponent(box.value.trim())}`, textContent: `${words().search} «${box.value.trim()}»` }));
    rows.forEach((row, place) => { row.setAttribute("role", "option"); row.setAttribute("aria-selected", String(place === 0)); });
    list.replaceChildren(...rows);
  };
  const openPalette = () => { if (!palette.open) { box.value = ""; fill(); palette.showModal(); box.focus(); } };
  box?.addEventListener("input", fill);
  box?.addEventListener("keydown", (event) => {
    const rows = $$("a", list), now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "Enter" && rows[now]) { event.preventDefault(); if (leave()) rows[now].click(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = (now + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === next)));
    rows[next]?.scrollIntoView({ block: "nearest" });
  });
  let gone = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") { event.preventDefault(); openPalette(); return; }
    if (event.target.closest("input, select, textarea, dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "Slash") { const search = $("main input[type=search], [data-palette]"); if (search) { event.preventDefault(); search.focus(); } }
    if (event.code === "KeyG") { gone = Date.now(); return; }
    const place = Date.now() - gone < 1500 && places.find((one) => one.key && event.code === `Key${one.key.toUpperCase()}`);
    if (place) window.location.assign(place.href);
  });

  /* Dates: a calendar beside the typing, in the reader's calendar */
  const parts = (day, calendar) => Object.fromEntries(new Intl.DateTimeFormat(`en-u-ca-${calendar === "jalali" ? "persian" : "gregory"}-nu-latn`, { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" }).formatToParts(day).filter((part) => part.type !== "literal").map((part) => [part.type, parseInt(part.value, 10)]));
  const plus = (day, count) => new Date(day.getTime() + count * 86400000);
  const locale = (calendar) => `${document.documentElement.lang}-u-ca-${calendar === "jalali" ? "persian" : "gregory"}`;
  const latin = (text) => text.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)).replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit));
  const two = (number) => String(number).padStart(2, "0");
  const write = (day, calendar) => {
    const { year, month, day: number } = parts(day, calendar);
    const text = calendar === "jalali" ? `${year}/${two(month)}/${two(number)}` : `${year}-${two(month)}-${two(number)}`;
    return document.documentElement.lang === "fa" ? text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : text;
  };
  const read = (text) => {
    const found = latin(text).match(/^\s*(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*$/);
    if (!found) return null;
    const [year, month, day] = found.slice(1).map(Number);
    if (year >= 1700) return new Date(Date.UTC(year, month - 1, day));
    let guess = new Date(Date.UTC(year + 621, 2, 20 + Math.round((month - 1) * 30.5) + day));
    for (let step = -4; step <= 4; step += 1) {
      const tried = parts(plus(guess, step), "jalali");
      if (tried.year === year && tried.month === month && tried.day === day) return plus(guess, step);
    }
    return null;
  };
  const named = (day, calendar) => new Intl.DateTimeFormat(locale(calendar), { month: "long", timeZone: "UTC" }).format(day);
  let shown = null;
  const closeCalendar = () => { shown?.remove(); shown = null; };
  const openCalendar = (input, around) => {
    closeCalendar();
    const calendar = input.dataset.calendar, chosen = read(input.value), today = new Date();
    const first = plus(around, 1 - parts(around, calendar).day);
    const head = make("div", { className: "calendar__head" });
    const step = (label, text, target) => { const button = make("button", { type: "button", className: "button button--quiet button--icon", textContent: text }); button.setAttribute("aria-label", label); button.addEventListener("click", () => openCalendar(input, target())); return button; };
    const rtl = document.documentElement.dir === "rtl";
    head.append(step(words().earlier, rtl ? "›" : "‹", () => plus(first, -1)), make("span", { textContent: `${named(first, calendar)} ${new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false }).format(parts(first, calendar).year)}` }), step(words().later, rtl ? "‹" : "›", () => plus(first, 32)));
    const days = make("div", { className: "calendar__days" });
    const lead = calendar === "jalali" ? (first.getUTCDay() + 1) % 7 : (first.getUTCDay() + 6) % 7;
    for (let place = 0; place < 7; place += 1) days.append(make("span", { className: "quiet", textContent: new Intl.DateTimeFormat(locale(calendar), { weekday: "narrow", timeZone: "UTC" }).format(plus(first, place - lead)) }));
    for (let place = 0; place < lead; place += 1) days.append(make("span"));
    const month = parts(first, calendar).month;
    for (let day = first; parts(day, calendar).month === month; day = plus(day, 1)) {
      const button = make("button", { type: "button", textContent: new Intl.NumberFormat(document.documentElement.lang).format(parts(day, calendar).day) });
      button.setAttribute("aria-pressed", String(chosen !== null && write(day, calendar) === write(chosen, calendar)));
      if (write(day, calendar) === write(today, calendar)) button.dataset.today = "";
      button.addEventListener("click", () => { input.value = write(day, calendar); input.dispatchEvent(new Event("input", { bubbles: true })); closeCalendar(); input.focus(); });
      days.append(button);
    }
    shown = make("div", { className: "calendar" }, head, days);
    shown.setAttribute("role", "dialog");
    shown.setAttribute("aria-label", words().choose);
    input.after(shown);
  };
  document.addEventListener("click", (event) => {
    const input = event.target.closest("input[data-calendar]");
    if (input) openCalendar(input, read(input.value) ?? new Date());
    else if (shown && document.contains(event.target) && !event.target.closest(".calendar")) closeCalendar();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) { event.stopPropagation(); event.preventDefault(); closeCalendar(); }
    const input = event.target.closest?.("input[data-calendar]");
    if (input && event.key === "ArrowDown" && !shown) { event.preventDefault(); openCalendar(input, read(input.value) ?? new Date()); }
  }, true);

  /* The board: a card is dragged to where one of the ways in its menu leads */
  const ready = (root) => $$("[data-card]", root).forEach((card) => { card.draggable = true; });
  const way = (card, lane) => $(`[data-to="${lane.dataset.lane}"] a`, card);
  let held = null;
  const rest = () => { $$("[data-lane][data-open]").forEach((lane) => { delete lane.dataset.open; }); held = null; };
  ready(document);
  document.addEventListener("htmx:afterSettle", (event) => ready(event.detail.target));
  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-card]");
    if (held) $$("[data-lane]").forEach((lane) => { if (way(held, lane)) lane.dataset.open = ""; });
  });
  document.addEventListener("dragover", (event) => { if (held && event.target.closest?.("[data-lane][data-open]")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const lane = held && event.target.closest?.("[data-lane]"), link = lane && way(held, lane);
    if (link) { event.preventDefault(); link.click(); }
    rest();
  });
  document.addEventListener("dragend", rest);

  /* What is to be copied is chosen as a whole */
  document.addEventListener("focusin", (event) => event.target.matches?.("[data-select]") && event.target.select());

  /* The sheet of a survey: a digit rates and steps to the next line, the arrows move, 0 clears */
  document.addEventListener("keydown", (event) => {
    const grid = event.target.closest?.("[data-grid]"), line = event.target.closest?.("tr");
    if (!grid || !line || event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = $$("tr", grid).filter((one) => $("input[type=radio]", one));
    const go = (steps) => {
      const next = lines[lines.indexOf(line) + steps];
      if (!next) return;
      ($("input[type=radio]:checked", next) ?? $("input[type=radio]", next)).focus();
      next.scrollIntoView({ block: "nearest" });
    };
    const digit = latin(event.key), rated = $(`input[type=radio][value="${/^[1-5]$/.test(digit) ? digit : "none"}"]`, line);
    if (!rated && digit !== "0" && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (rated) rated.checked = true;
    if (digit === "0") $$("input[type=radio]", line).forEach((one) => { one.checked = false; });
    if (rated || digit === "0") changed.add(event.target.form);
    go(event.key === "ArrowUp" ? -1 : digit === "0" ? 0 : 1);
  });

  /* A menu closes when one looks elsewhere */
  document.addEventListener("click", (event) => $$("details.menu[open], details.why[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
})();
