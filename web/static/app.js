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

  /* Where one is stands in view, in the navigation as in the tabs */
  $$(".side a[aria-current], .tabs a[aria-current]").forEach((link) => {
    const frame = link.closest(".side, .tabs"), inside = link.getBoundingClientRect(), around = frame.getBoundingClientRect();
    if (inside.bottom > around.bottom) frame.scrollTop += inside.bottom - around.bottom + around.height / 3;
    if (inside.left < around.left || inside.right > around.right) frame.scrollLeft += (inside.left + inside.right - around.left - around.right) / 2;
  });

  /* Command palette and shortcuts */
  const palette = $("#palette");
  const box = $("input", palette), list = $(".palette", palette);
  const places = $$("a[data-place]").map((link) => ({ text: link.textContent.trim(), href: link.getAttribute("href"), key: link.dataset.key }));
  const fold = (text) => text.toLowerCase().replaceAll("ي", "ی").replaceAll("ك", "ک").replace(/[\u200c\s]/g, "");
  const option = (properties, ...children) => {
    const link = make("a", properties, ...children);
    link.setAttribute("role", "option");
    return link;
  };
  const choose = (place) => $$("a", list).forEach((row, index) => row.setAttribute("aria-selected", String(index === place)));
  const fill = () => {
    const typed = box.value.trim(), wanted = fold(typed);
    const rows = places.filter((place) => fold(place.text).includes(wanted)).map((place) => {
      const link = option({ href: place.href }, make("span", { textContent: place.text }));
      if (place.key) link.append(make("kbd", { textContent: `g ${place.key}` }));
      return link;
    });
    if (typed) rows.push(option({ href: `/search?search=${encodeURIComponent(typed)}`, textContent: `${words().search} «${typed}»` }));
    list.replaceChildren(...rows);
    choose(0);
  };
  /* What carries the typed name comes below the places, once the typing rests. */
  let resting = 0;
  const look = () => {
    clearTimeout(resting);
    const typed = box.value.trim();
    if (typed.length < 2) return;
    resting = setTimeout(async () => {
      const headers = { "HX-Request": "true", "HX-Target": "palette-found" };
      const answer = await fetch(`/search?search=${encodeURIComponent(typed)}`, { headers }).catch(() => null);
      if (!answer?.ok || answer.redirected || box.value.trim() !== typed) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      const chosen = $$("a", list).findIndex((row) => row.getAttribute("aria-selected") === "true");
      list.append(...found.body.children);
      choose(chosen);
    }, 200);
  };
  const openPalette = () => { if (!palette.open) { box.value = ""; fill(); palette.showModal(); box.focus(); } };
  box?.addEventListener("input", () => { fill(); look(); });
  box?.addEventListener("keydown", (event) => {
    const rows = $$("a", list), now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") { event.preventDefault(); palette.close(); }
    if (event.key === "Enter" && rows[now]) { event.preventDefault(); if (leave()) rows[now].click(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = (now + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
    choose(next);
    rows[next]?.scrollIntoView({ block: "nearest" });
  });
  let gone = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") { event.preventDefault(); openPalette(); return; }
    if (event.target.closest("input, select, textarea, dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?" || event.key === "؟") { event.preventDefault(); openPalette(); return; }
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
    const calendar = input.dataset.calendar, chosen = read(input.value), today = new Date(`${words().today}T00:00:00Z`);
    const first = plus(around, 1 - parts(around, calendar).day);
    const head = make("div", { className: "calendar__head" });
    const step = (label, text, target) => { const button = make("button", { type: "button", className: "button button--quiet button--icon", textContent: text }); button.setAttribute("aria-label", label); button.addEventListener("click", () => openCalendar(input, target())); return button; };
    const rtl = document.documentElement.dir === "rtl";
    const aYear = (count) => { const near = plus(first, count * 365 + 15); return plus(near, 1 - parts(near, calendar).day); };
    head.append(step(words().earlierYear, rtl ? "»" : "«", () => aYear(-1)), step(words().earlier, rtl ? "›" : "‹", () => plus(first, -1)), make("span", { textContent: `${named(first, calendar)} ${new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false }).format(parts(first, calendar).year)}` }), step(words().later, rtl ? "‹" : "›", () => plus(first, 32)), step(words().laterYear, rtl ? "«" : "»", () => aYear(1)));
    const days = make("div", { className: "calendar__days" });
    const lead = calendar === "jalali" ? (first.getUTCDay() + 1) % 7 : (first.getUTCDay() + 6) % 7;
    for (let place = 0; place < 7; place += 1) days.append(make("span", { className: "quiet", textContent: new Intl.DateTimeFormat(locale(calendar), { weekday: "narrow", timeZone: "UTC" }).format(plus(first, place - lead)) }));
    for (let place = 0; place < lead; place += 1) days.append(make("span"));
    const month = parts(first, calendar).month;
    for (let day = first; parts(day, calendar).month === month; day = plus(day, 1)) {
      const button = make("button", { type: "button", textContent: new Intl.NumberFormat(document.documentElement.lang).format(parts(day, calendar).day) });
      button.setAttribute("aria-pressed", String(chosen !== null && write(day, calendar) === write(chosen, calendar)));
      if (write(day, calendar) === write(today, calendar)) button.dataset.today = "";
      button.dataset.day = day.toISOString().slice(0, 10);
      button.addEventListener("click", () => { input.value = write(day, calendar); input.dispatchEvent(new Event("input", { bubbles: true })); closeCalendar(); input.focus(); });
      days.append(button);
    }
    shown = make("div", { className: "calendar" }, head, days);
    shown.setAttribute("role", "dialog");
    shown.setAttribute("aria-label", words().choose);
    input.after(shown);
  };
  /* The arrows walk over the days, the page keys over the months, with shift over the years. */
  const walk = (event, input) => {
    const from = new Date(`${event.target.dataset.day}T00:00:00Z`), calendar = input.dataset.calendar;
    const onward = document.documentElement.dir === "rtl" ? -1 : 1;
    const days = { ArrowRight: onward, ArrowLeft: -onward, ArrowDown: 7, ArrowUp: -7, PageDown: event.shiftKey ? 365 : 30, PageUp: event.shiftKey ? -365 : -30 }[event.key];
    if (!days) return;
    event.preventDefault();
    const to = plus(from, days);
    if (parts(to, calendar).month !== parts(from, calendar).month || Math.abs(days) > 7) openCalendar(input, to);
    $(`[data-day="${to.toISOString().slice(0, 10)}"]`, shown)?.focus();
  };
  document.addEventListener("click", (event) => {
    const input = event.target.closest("input[data-calendar]");
    if (input) openCalendar(input, read(input.value) ?? new Date(`${words().today}T00:00:00Z`));
    else if (shown && document.contains(event.target) && !event.target.closest(".calendar")) closeCalendar();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) { event.stopPropagation(); event.preventDefault(); closeCalendar(); }
    const input = event.target.closest?.("input[data-calendar]");
    if (input && event.key === "ArrowDown") {
      event.preventDefault();
      const around = read(input.value) ?? new Date(`${words().today}T00:00:00Z`);
      if (!shown) openCalendar(input, around);
      ($(`[data-day="${around.toISOString().slice(0, 10)}"]`, shown) ?? $("[data-day]", shown)).focus();
    }
    if (shown && event.target.dataset?.day) walk(event, shown.previousElementSibling);
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
