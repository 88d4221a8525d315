"use strict";
/* Data health: sources and how fresh they are, what was not understood, what was refused, how right it is. */
communiques.health = (() => {
  const { store, words } = communiques;
  const { h, outside } = communiques.dom;
  const { t } = words;

  async function build() {
    const health = await store.load("health");
    return h("div", { class: "health" }, h("h1", { tabindex: "-1" }, t("health.title")), h("p", { class: "note lead" }, t("health.note")),
      makeSources(health.sources), makeAccuracy(health.accuracy), makeIssues(health.issues), makePlaces(health.unresolved_places), makeQuarantine(health.quarantine), makeExpectations(health.expectations), makeCounts(health.counts), makeRows(health), makeCredits(health.attribution));
  }

  function sheet(name, heads, rows, empty, note) {
    const cell = (value, k) => { const kind = heads[k][1]; return k === 0 ? h("th", { scope: "row" }, value) : h("td", { class: kind }, value); };
    const table = () => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t(`health.${name}`) },
      h("table", { class: "sums" }, h("thead", null, h("tr", null, heads.map(([head, kind]) => h("th", { scope: "col", class: kind }, head)))), h("tbody", null, rows.map((row) => h("tr", null, row.map(cell))))));
    return h("section", { class: "panel", "aria-labelledby": `health-${name}` }, h("h2", { id: `health-${name}` }, t(`health.${name}`)), note && h("p", { class: "note" }, note), rows.length ? table() : h("p", { class: "empty" }, empty));
  }

  const head = (name, kind) => [t(`health.${name}`), kind];
  const n = (value) => (value === undefined || value === null ? "–" : words.number(value));

  /* Age is counted from the newest article of the release, so that a page kept for a year does not cry wolf. */
  function makeSources(sources) {
    const newest = sources.map((source) => source.newest || "").sort().at(-1);
    const age = (day) => (day ? store.dayOf(newest) - store.dayOf(day) : null);
    const row = (source) => [[outside(source.outlet), source.is_issuer ? h("span", { class: "around" }, ` ${t("health.issuer")}`) : ""], words.country(source.country_code),
      words.day(source.newest, "short") || "–", n(age(source.newest)),
      words.day(source.fetched, "short") || "–", n(source.number_of_articles), n(source.security), n(source.communiques), n(source.number_of_events)];
    return sheet("sources", [head("outlet"), head("country"), head("newest"), head("age", "number"), head("fetched", "spaced"), head("articles", "number"), head("security", "number"), head("communiques", "number"), head("events", "number")], sources.map(row), t("no_events"), sources.length > 0 && t("health.age_note"));
  }

  function makeAccuracy(accuracy) {
    const metrics = Object.entries((accuracy && accuracy.metrics) || {});
    const parts = ["checking", "building", "all"];
    const write = (measure) => (!measure || measure.value === null || measure.value === undefined ? "–"
      : [words.decimal(measure.value, 2), measure.low === null || measure.low === undefined ? "" : h("span", { class: "around" }, ` ${words.decimal(measure.low, 2)}–${words.decimal(measure.high, 2)}`)]);
    const heads = [head("metric"), ...parts.map((part) => [t(`health.part.${part}`), "number"])];
    return sheet("accuracy", heads, metrics.map(([name, measures]) => [words.label("metric", name), ...parts.map((part) => write(measures[part]))]), t("health.no_accuracy"), metrics.length > 0 && t("health.accuracy_note", { n: n(accuracy.files && accuracy.files.all) }));
  }

  const makeIssues = (issues) => sheet("issues", [head("code"), head("stage"), head("count", "number"), head("example")],
    issues.map((row) => [h("code", null, row.code), row.stage, n(row.count), row.example ? outside(`« ${row.example} »`) : "–"]), t("health.no_issues"));

  const makePlaces = (places) => sheet("places", [head("name"), head("code"), head("count", "number")],
    places.map((row) => [outside(row.quote || "–"), h("code", null, row.code), n(row.count)]), t("health.no_places"));

  const makeQuarantine = (rows) => sheet("quarantine", [head("rule"), head("dataset"), head("count", "number")],
    rows.map((row) => [outside(row.expectation || "–"), row.dataset, n(row.count)]), t("health.no_quarantine"), t("health.quarantine_note"));

  /* Rules that something did not meet; how many were met in full is told beside them. */
  function makeExpectations(rules) {
    const failed = rules.filter((rule) => rule.failed > 0);
    const met = t("health.met", { n: words.number(rules.length - failed.length), total: words.number(rules.length) });
    return rules.length > 0 && sheet("expectations", [head("rule"), head("dataset"), head("severity"), head("checked", "number"), head("failed", "number")],
      failed.map((rule) => [rule.name, rule.table, rule.severity, n(rule.rows), n(rule.failed)]), met, failed.length > 0 && met);
  }

  function makeCounts(counts) {
    const rows = Object.entries(counts).filter(([, value]) => typeof value === "number");
    return rows.length > 0 && sheet("counts", [head("code"), head("count", "number")], rows.map(([name, value]) => [h("code", null, name), n(value)]), "", t("health.counts_note"));
  }

  function makeRows({ rows }) {
    const told = Object.entries(store.index.release).map(([name, value]) => `${name} ${value}`).join(" · ");
    return sheet("rows", [head("dataset"), head("count", "number")], Object.entries(rows).map(([name, count]) => [h("code", null, name), n(count)]), "", told);
  }

  const makeCredits = (credits) => credits.length > 0 && h("section", { class: "panel", "aria-labelledby": "health-credits" }, h("h2", { id: "health-credits" }, t("health.attribution")), h("ul", null, credits.map((credit) => h("li", null, outside(credit)))));

  return { build };
})();
