"use strict";
/* Sums by region, actor and month as ranges, and the figures over a period that are never added. */
communiques.summary = (() => {
  const { store, words, filters, tally, table } = communiques;
  const { h, outside, link, replace } = communiques.dom;
  const { t } = words;
  const SHORT = 25;

  async function build() {
    const { fitting } = filters.select(communiques.state.filters, table.order("date"));
    const totals = await store.load("totals");
    return h("div", { class: "summary" }, h("h1", { tabindex: "-1" }, t("summary.title")),
      fitting.length < store.size && h("p", { class: "filtered" }, t("summary.filtered", { n: words.number(fitting.length) })),
      fitting.length ? h("p", { class: "note lead" }, t("summary.note")) : h("p", { class: "empty" }, t(store.size ? "no_match" : "no_events")),
      fitting.length > 0 && [byRegion(fitting), byActor(fitting), byMonth(fitting)], totals.length > 0 && makeTotals(totals));
  }

  const largestFirst = (groups) => [...groups].sort(([, one], [, other]) => other.events - one.events);

  function byRegion(fitting) {
    const regions = store.column.region;
    const name = (number) => { const [code, region] = store.words.region[number]; return [outside(region || t("map.elsewhere")), h("span", { class: "around" }, ` ${words.country(code)}`)]; };
    return sheet("region", largestFirst(tally.group(fitting, (i) => [regions[i]])), name);
  }

  function byActor(fitting) {
    const own = countOwnDeaths(fitting);
    const groups = largestFirst(tally.group(fitting, (i) => store.column.actors[i]));
    return sheet("actor", groups, (number) => outside(store.words.actor[number]), [t("summary.own_deaths"), (number) => (own.has(number) ? words.number(own.get(number)) : "–")], t("summary.actor_note"));
  }

  /* The deaths on the actor's own side, where they are stated. */
  function countOwnDeaths(fitting) {
    const own = new Map();
    const add = (actor, deaths) => actor >= 0 && deaths >= 0 && own.set(actor, (own.get(actor) || 0) + deaths);
    const c = store.column;
    for (const i of fitting) {
      if (c.event_clarity[i] === 2) continue;
      add(c.actor1[i], c.deaths_a[i]);
      add(c.actor2[i], c.deaths_b[i]);
    }
    return own;
  }

  function byMonth(fitting) {
    const month = (i) => store.isoDay(store.column.date_start[i]).slice(0, 7);
    return sheet("month", [...tally.group(fitting, (i) => [month(i)])].sort(([one], [other]) => (one < other ? 1 : -1)), (key) => words.day(`${key}-01`, "month"));
  }

  /* A table of sums: long ones are cut until all is asked for. */
  function sheet(name, groups, nameOf, extra, note) {
    const most = Math.max(1, ...groups.map(([, sum]) => Math.max(sum.high, sum.best)));
    const heads = [[t("summary.name")], [t("summary.events"), "number"], [t("summary.single"), "number"], [t("summary.killed"), "number"], [t("summary.range"), "cell-range"], [t("summary.silent"), "number"], ...(extra ? [[extra[0], "number"]] : [])];
    const body = h("tbody");
    const makeRow = ([key, sum]) => h("tr", null, h("th", { scope: "row" }, nameOf(key)), number(sum.events), number(sum.single), h("td", { class: "number" }, isSilent(sum) ? "–" : words.number(sum.best)), h("td", { class: "cell-range" }, drawRange(sum, most)), number(sum.silent), extra && h("td", { class: "number" }, extra[1](key)));
    replace(body, groups.slice(0, SHORT).map(makeRow));
    return h("section", { class: "panel", "aria-labelledby": `by-${name}` }, h("h2", { id: `by-${name}` }, t(`summary.${name}`)), note && h("p", { class: "note" }, note),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t(`summary.${name}`) }, h("table", { class: "sums" }, h("thead", null, h("tr", null, heads.map(([head, kind]) => h("th", { scope: "col", class: kind }, head)))), body)),
      groups.length > SHORT && moreButton(groups.length, (button) => { replace(body, groups.map(makeRow)); button.remove(); }));
  }

  const isSilent = (sum) => sum.silent + sum.rollups === sum.events;
  const moreButton = (count, onclick) => h("button", { type: "button", class: "quiet", onclick: (event) => onclick(event.currentTarget) }, t("summary.more", { n: words.number(count) }));
  const number = (value) => h("td", { class: "number" }, words.number(value));

  /* From the lowest to the highest that was told, with a mark at the figure; the numbers stand beside it. */
  function drawRange(sum, most) {
    if (isSilent(sum)) return h("span", { class: "quiet-words" }, "–");
    const { svg } = communiques.dom, x = (value) => (100 * value) / most;
    const bar = svg("svg", { class: "range", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { x: x(sum.low), y: 3, width: Math.max(0.6, x(sum.high - sum.low)), height: 4, class: "range-span" }), svg("rect", { x: Math.max(0, x(sum.best) - 0.5), y: 0, width: 1, height: 10, class: "range-best" }));
    return h("div", { class: "range-cell" }, h("span", { class: "range-words" }, sum.low === sum.high ? words.number(sum.low) : `${words.number(sum.low)}–${words.number(sum.high)}`, sum.open ? ` ${t("summary.or_more")}` : ""), bar);
  }

  /* ------------------------------------------------------------------------------------------------ totals */

  function makeTotals(totals) {
    const newest = [...totals].sort((one, other) => String(other.period_end || "").localeCompare(String(one.period_end || "")));
    const heads = [["summary.period"], ["summary.scope"], ["event.words"], ["summary.told", "number"], ["event.claimed_by"], ["summary.explained", "number"], ["summary.residual", "number"]];
    const body = h("tbody", null, newest.slice(0, SHORT).map(totalRow));
    return h("section", { class: "panel", "aria-labelledby": "totals-title" }, h("h2", { id: "totals-title" }, t("summary.totals")), h("p", { class: "note" }, t("summary.totals_note")),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("summary.totals") }, h("table", { class: "told" }, h("thead", null, h("tr", null, heads.map(([head, kind]) => h("th", { scope: "col", class: kind }, t(head))))), body)),
      newest.length > SHORT && moreButton(newest.length, (button) => { replace(body, newest.map(totalRow)); button.remove(); }));
  }

  function totalRow(row) {
    const start = row.period_start || row.period_end;
    const figure = (value) => h("td", { class: "number" }, value === undefined ? "–" : words.number(value));
    const what = row.outcome ? words.label("outcome", row.outcome) : words.label("status", row.status);
    return h("tr", null, h("td", null, start ? words.days(start, row.period_end, "short") : t("event.not_stated")), h("td", null, outside([row.admin1, row.country_name].filter(Boolean).join(", ") || row.scope_text || "–")),
      h("td", null, link(row.url, outside(`« ${row.text} »`)), h("span", { class: "around" }, ` ${row.outlet || ""}`)),
      h("td", { class: "number" }, words.range(row.low ?? null, row.best ?? null, row.high ?? null), h("span", { class: "around" }, ` ${what}`)),
      h("td", null, row.claimant ? outside(row.claimant) : t("event.own")), figure(row.explained_best), figure(row.residual_best));
  }

  return { build };
})();
