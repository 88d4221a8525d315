"use strict";
/* The first view: what it comes to in a sentence, filters, map, timeline, table. */
communiques.explore = (() => {
  const { store, words, filters, tally, map, timeline, table, spots } = communiques;
  const { h, outside, replace } = communiques.dom;
  const { t } = words;
  const AREAS = 12;
  let parts = null;

  function build(change) {
    map.stop();
    parts = { headline: h("p", { class: "headline", role: "status" }), areas: h("div", { class: "areas" }), legend: h("div", { class: "legend" }), change };
    const state = communiques.state;
    const onFilter = (name, value) => change({ filters: { ...communiques.state.filters, [name]: value, ...(name === "country" ? { region: "" } : {}) } });
    parts.form = filters.build(state.filters, onFilter, () => change({ filters: {} }));
    const body = h("div", { class: "explore" }, h("h1", { class: "hidden", tabindex: "-1" }, t("views.explore")), parts.headline, parts.form, makeMapPart(change),
      h("section", { class: "panel", "aria-labelledby": "timeline-title" }, h("h2", { id: "timeline-title" }, t("timeline.title")), timeline.build((from, to) => change({ filters: { ...communiques.state.filters, from, to } }))),
      h("section", { class: "panel", "aria-labelledby": "table-title" }, h("h2", { id: "table-title" }, t("table.title")),
        table.build((sort) => change({ sort }), (page) => change({ page: String(page) }))));
    return body;
  }

  function makeMapPart(change) {
    const measures = h("fieldset", { class: "measure" }, h("legend", null, t("map.measure")), ["killed", "events"].map((name) =>
      h("label", null, h("input", { type: "radio", name: "measure", value: name, checked: measureOf() === name, onchange: () => change({ measure: name }) }), ` ${t(`map.${name}`)}`)));
    return h("section", { class: "panel map-part", "aria-labelledby": "map-title" },
      h("div", { class: "panel-head" }, h("h2", { id: "map-title" }, t("map.title")), measures),
      h("div", { class: "map-frame" }, map.build(), h("div", { class: "map-side" }, parts.legend, parts.areas)));
  }

  const measureOf = () => (communiques.state.measure === "events" ? "events" : "killed");

  function start() {
    map.start(measureOf()).then(() => { update(); const shown = communiques.pending; communiques.pending = null; if (shown !== null && shown !== undefined) map.show(shown); }, () => {});
    update();
  }

  function update() {
    const state = communiques.state, sort = state.sort || "-date";
    const selected = filters.select(state.filters, table.order(sort));
    communiques.selected = selected;
    filters.sync(parts.form, state.filters);
    replace(parts.headline, describe(selected.fitting));
    table.update(selected.fitting, sort, Number(state.page) || 0);
    const groups = spots.gather(selected.fitting, measureOf());
    map.update(groups, measureOf());
    timeline.update(selected, measureOf(), state.filters);
    drawAreas(groups);
    drawLegend();
  }

  /* The sentence above everything: how many, when, how many killed and how sure that is. */
  function describe(fitting) {
    if (!fitting.length) return t(store.size ? "no_match" : "no_events");
    const sum = tally.sum(fitting), n = words.number;
    const events = fitting.length === 1 ? t("headline.one_event") : t("headline.events", { n: n(fitting.length) });
    const killed = sum.best || sum.high ? [", ", h("strong", null, t("headline.killed", { best: n(sum.best) })), " (", t(sum.open ? "headline.range_open" : "headline.range", { low: n(sum.low), high: n(sum.high) }), ")"] : "";
    return [h("strong", null, events), fitting.length < store.size ? ` ${t("headline.of", { n: n(store.size) })}` : "", " ", span(fitting), killed, ".",
      h("span", { class: "headline-rest" }, sum.silent ? ` ${t("headline.silent", { n: n(sum.silent) })}` : "", sum.rollups ? ` ${t("headline.rollups", { n: n(sum.rollups) })}` : "")];
  }

  function span(fitting) {
    const { date_start, date_end } = store.column;
    let first = Infinity, last = -Infinity;
    for (const i of fitting) { first = Math.min(first, date_start[i]); last = Math.max(last, date_end[i]); }
    return t("headline.span", { from: words.day(store.isoDay(first)), to: words.day(store.isoDay(last)) });
  }

  /* What has no point of its own is listed beside the map, by area. */
  function drawAreas(gathered) {
    const groups = gathered.filter((group) => group.spot.kind === "area").sort((one, other) => other.events.length - one.events.length);
    if (!groups.length) { replace(parts.areas); return; }
    const item = ({ spot, events }) => h("li", null, h("button", { type: "button", class: "linklike", onclick: () => chooseArea(spot) }, outside(nameArea(spot))), " ", h("span", { class: "count" }, words.number(events.length)));
    const rest = groups.slice(AREAS).reduce((count, group) => count + group.events.length, 0);
    replace(parts.areas, h("h3", null, t("map.nowhere")), h("p", { class: "note" }, t("map.nowhere_note")), h("ul", null, groups.slice(0, AREAS).map(item)),
      rest > 0 && h("p", { class: "note" }, t("map.more", { n: words.number(rest) })));
  }

  const nameArea = (spot) => (spot.name ? `${spot.name}, ${words.country(spot.country)}` : words.country(spot.country) || t("map.elsewhere"));

  function chooseArea(spot) {
    const precision = spot.district ? "unit" : "region";
    parts.change({ filters: { ...communiques.state.filters, country: spot.country, region: filters.writeRegion([spot.country, spot.region]), precision } });
  }

  function drawLegend() {
    const types = spots.TYPES.map((type, number) => h("li", null, h("span", { class: `mark mark-${number}`, "aria-hidden": "true" }), words.label("event_type", type)));
    const sign = (kind) => h("li", null, h("span", { class: `sign sign-${kind}`, "aria-hidden": "true" }), t(`map.legend_${kind}`));
    const kinds = ["exact", "near", "rough", ...(store.index.seats.length ? ["area"] : []), ...(measureOf() === "killed" ? ["high", "none"] : [])];
    replace(parts.legend, h("ul", { class: "legend-types" }, types), h("ul", { class: "legend-signs" }, kinds.map(sign)), h("p", { class: "note" }, t("map.outlines")));
  }

  return { build, start, update };
})();
