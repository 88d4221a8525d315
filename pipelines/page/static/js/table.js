"use strict";
/* The table of events: sorted by any column, a page at a time, each row a link to the event. */
communiques.table = (() => {
  const { store, words, address } = communiques;
  const { h, outside, replace } = communiques.dom;
  const { t } = words;
  const ROWS = 25;
  const orders = new Map();
  let frame = null;

  const COLUMNS = {
    date: (i) => store.column.date_start[i],
    event: (i) => words.label("sub_event_type", store.word("sub_event_type", i)),
    place: (i) => store.word("location", i) || store.word("region", i)[1] || "",
    parties: (i) => store.word("actor1", i, "actor") || store.word("actor2", i, "actor") || "",
    killed: (i) => [store.column.best[i], store.column.high[i], store.column.low[i]].find((value) => value >= 0) ?? -1,
    said: (i) => store.word("claimant", i) || "",
    articles: (i) => store.column.number_of_articles[i],
  };
  const NUMERIC = ["date", "killed", "articles"];

  /* All events in the order of a column; computed once, filtering keeps it. "-date" is downwards. */
  function order(sort) {
    const key = `${words.language} ${sort}`;
    if (!orders.has(key)) orders.set(key, makeOrder(sort));
    return orders.get(key);
  }

  function makeOrder(sort) {
    const name = sort.replace(/^-/, "");
    const value = COLUMNS[name] || COLUMNS.date;
    const values = Array.from({ length: store.size }, (_, i) => value(i));
    const compare = NUMERIC.includes(name) || !COLUMNS[name] ? (a, b) => values[a] - values[b] : compareWords(values);
    const direction = sort.startsWith("-") ? -1 : 1;
    return Int32Array.from(values.keys()).sort((a, b) => direction * compare(a, b) || b - a);
  }

  /* Collating is slow: each distinct word is ranked once. */
  function compareWords(values) {
    const collator = new Intl.Collator(words.language);
    const ranks = new Map([...new Set(values)].sort(collator.compare).map((word, rank) => [word, word ? rank : Infinity]));
    return (a, b) => { const one = ranks.get(values[a]), other = ranks.get(values[b]); return one === other ? 0 : one - other; };
  }

  function build(onSort, onPage) {
    frame = { element: h("div", { class: "table-frame" }), onSort, onPage };
    return frame.element;
  }

  function update(fitting, sort, page) {
    if (!frame) return;
    const pages = Math.max(1, Math.ceil(fitting.length / ROWS));
    const now = Math.min(Math.max(0, page), pages - 1);
    const rows = fitting.slice(now * ROWS, (now + 1) * ROWS);
    replace(frame.element,
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("table.caption") },
        h("table", { class: "events" }, h("caption", { class: "hidden" }, t("table.caption")), makeHead(sort), h("tbody", null, rows.map(makeRow)))),
      makePager(fitting.length, now, pages));
  }

  function makeHead(sort) {
    const name = sort.replace(/^-/, ""), down = sort.startsWith("-");
    const cell = (column) => h("th", { scope: "col", class: `cell-${column}`, "aria-sort": column === name ? (down ? "descending" : "ascending") : null },
      h("button", { type: "button", title: t("table.sort", { column: t(`table.${column}`) }), onclick: () => frame.onSort(nextSort(column, name, down)) },
        t(`table.${column}`), h("span", { class: "arrow", "aria-hidden": "true" }, column === name ? (down ? " ↓" : " ↑") : "")));
    return h("thead", null, h("tr", null, Object.keys(COLUMNS).map(cell)));
  }

  const nextSort = (column, name, down) => (column === name ? (down ? column : `-${column}`) : NUMERIC.includes(column) ? `-${column}` : column);

  function makeRow(i) {
    const cell = (name, ...children) => h("td", { class: `cell-${name}`, "data-label": t(`table.${name}`) }, children);
    return h("tr", null, cell("date", describeDay(i)), h("th", { scope: "row", class: "cell-event" }, linkEvent(i)), cell("place", describePlace(i)),
      cell("parties", describeParties(i)), cell("killed", describeKilled(i)), cell("said", describeClaim(i)), cell("articles", words.number(store.column.number_of_articles[i])));
  }

  function linkEvent(i) {
    return [h("span", { class: `mark mark-${communiques.spots.typeAt(i)}`, "aria-hidden": "true" }),
      h("a", { href: address.changed({ view: "event", id: store.column.event_id[i], page: communiques.state.page }) }, words.label("sub_event_type", store.word("sub_event_type", i)))];
  }

  function describeDay(i) {
    const start = store.isoDay(store.column.date_start[i]), end = store.isoDay(store.column.date_end[i]);
    const exact = store.column.date_prec[i] === 1 && start === end;
    return [exact ? "" : h("span", { class: "about", title: words.label("date_prec", store.column.date_prec[i]) }, "≈ "),
      h("time", { datetime: start }, words.days(start, end, "short"))];
  }

  function describePlace(i) {
    const [code, region] = store.word("region", i), place = store.word("location", i), precision = store.column.where_prec[i];
    const around = [region, words.country(code)].filter(Boolean).join(", ");
    const sure = precision === 1 ? "" : h("span", { class: "about", title: words.label("where_prec", precision) }, "≈ ");
    return place ? [sure, outside(place), h("span", { class: "around" }, " ", outside(around))] : [sure, outside(around, { class: "around" })];
  }

  function describeParties(i) {
    const one = store.word("actor1", i, "actor"), other = store.word("actor2", i, "actor"), struck = store.word("initiator", i);
    if (!one && !other) return h("span", { class: "quiet-words" }, t("table.party_unknown"));
    if (!one || !other) return outside(one || other);
    const [first, second] = struck === "actor2" ? [other, one] : [one, other];
    return [outside(first), h("span", { class: "quiet-words" }, struck ? ` ${t("table.strikes")} ` : ` ${t("table.with")} `), outside(second)];
  }

  function describeKilled(i) {
    const range = words.range(store.number("low", i), store.number("best", i), store.number("high", i), "");
    if (!range) return h("span", { class: "quiet-words" }, "–");
    return store.column.event_clarity[i] === 2 ? h("span", { class: "rollup", title: t("headline.rollup") }, `[${range}]`) : range;
  }

  function describeClaim(i) {
    const claimant = store.word("claimant", i);
    return [claimant ? outside(claimant) : "", h("span", { class: "verification" }, claimant ? " · " : "", words.label("verification", store.word("verification", i)))];
  }

  function makePager(count, now, pages) {
    if (!count) return h("p", { class: "empty" }, t(store.size ? "no_match" : "no_events"));
    const text = t("table.page", { from: words.number(now * ROWS + 1), to: words.number(Math.min(count, (now + 1) * ROWS)), n: words.number(count) });
    const button = (label, page, able) => h("button", { type: "button", class: "quiet", disabled: !able, onclick: () => frame.onPage(page) }, label);
    return h("div", { class: "pager" }, button(t("table.previous"), now - 1, now > 0), h("span", null, text), button(t("table.next"), now + 1, now < pages - 1));
  }

  return { build, update, order, linkEvent, describePlace, describeParties, describeDay };
})();
