"use strict";
/* One event: what was written, how sure it is, how day and place were found, what changed since. */
communiques.event = (() => {
  const { store, words, address } = communiques;
  const { h, link, outside } = communiques.dom;
  const { t } = words;
  const DEATHS = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"];
  const OTHERS = ["neutralised", "injured", "captured"];
  const AREAS = [3, 4, 6]; // where_prec of what is known to a unit or country only
  const LONG = 300; // letters of a title: a longer one is cut by its box
  const KINDS = ["date", "place", "actor", "figure", "thing"];

  async function build(id) {
    const event = await store.loadEvent(id);
    if (!event) return buildGone(id);
    return h("article", { class: "event" }, backLink(), makeHead(event),
      h("div", { class: "event-columns" }, makeEvidence(event), makeFigures(event)),
      h("div", { class: "event-facts" }, makePlace(event), makeDay(event), makeIdentity(event)),
      communiques.versions.build(event), makeTold(event), makeRevisions(event));
  }

  const backLink = () => h("p", { class: "back" }, h("a", { href: address.changed({ view: "explore", id: "", page: communiques.state.page }) }, `← ${t("event.back")}`));

  async function buildGone(id) {
    const retired = (await store.load("retired"))[id];
    const next = retired && retired.superseded_by;
    return h("article", { class: "event" }, backLink(), h("h1", { tabindex: "-1" }, outside(id)),
      h("p", null, retired ? t("event.gone") : t("event.unknown"), retired ? ` (${words.label("retired", retired.reason)}, ${words.day(retired.retired_at)})` : ""),
      next && h("p", null, t("event.gone_merged"), " ", linkId(next)));
  }

  const linkId = (id) => h("a", { href: address.changed({ view: "event", id, page: communiques.state.page }) }, outside(id));

  function makeHead(event) {
    const place = [event.location, event.admin2, event.admin1, words.country(event.country)].filter((name, k, all) => name && all.indexOf(name) === k);
    return h("header", { class: "event-head" },
      h("p", { class: "kicker" }, h("span", { class: `mark mark-${communiques.spots.typeAt(event.i)}`, "aria-hidden": "true" }), words.label("event_type", event.event_type)),
      h("h1", { tabindex: "-1" }, words.label("sub_event_type", event.sub_event_type), " – ", outside(place[0])),
      h("p", { class: "event-where" }, outside(place.slice(1).join(", ")), place.length > 1 ? " · " : "", words.days(event.date_start, event.date_end)),
      h("p", { class: "event-parties" }, communiques.table.describeParties(event.i)),
      makeVerdict(event));
  }

  /* Who says so, in words, before any number. */
  function makeVerdict(event) {
    const outlets = new Set(event.reports.map((report) => report.outlet)).size;
    const told = outlets > 1 ? t("event.told_by", { n: words.number(outlets), articles: words.number(event.number_of_articles) }) : t("event.told_by_one");
    return h("ul", { class: "verdict" },
      h("li", { class: `verification-${event.verification}` }, words.label("verification", event.verification)),
      event.claimant && h("li", null, `${t("event.claimed_by")} `, outside(event.claimant)),
      h("li", null, words.label("record_status", event.record_status)), h("li", null, told),
      event.event_clarity === 2 && h("li", null, t("headline.rollup")));
  }

  /* ------------------------------------------------------------------------------------------------ evidence */

  function makeEvidence(event) {
    const report = event.reports[0];
    if (!report) return null;
    const kinds = new Set(report.pieces.map(([, kind]) => kind));
    return h("section", { "aria-labelledby": "evidence-title" }, h("h2", { id: "evidence-title" }, t("event.evidence")),
      quote(report, event.language), credit(report),
      kinds.size > 1 && h("p", { class: "note marks" }, t("event.marked"), " ", KINDS.filter((kind) => kinds.has(kind)).map((kind) => [h("mark", { class: `word word-${kind}` }, t(`event.marks.${kind}`)), " "])));
  }

  const quote = (report, language) => h("blockquote", { lang: report.language || language, dir: "auto" }, markPieces(report.pieces));

  /* The words that a value rests on, marked; their kind is told to those who cannot see the colour. */
  const markPieces = (pieces) => pieces.map(([text, kind]) => (kind ? h("mark", { class: `word word-${kind}`, title: t(`event.marks.${kind}`) }, text) : text));

  function credit(report) {
    const { article } = report;
    return h("p", { class: "credit" }, outside(report.outlet), article.title ? [", ", link(article.url, outside(`« ${article.title} »`, { class: article.title.length > LONG ? "cited-long" : null }))] : ["; ", link(article.url)],
      article.published_date ? `, ${words.day(article.published_date)}` : "");
  }

  /* ------------------------------------------------------------------------------------------------ figures */

  function makeFigures(event) {
    const cell = (value, otherwise) => h("td", { class: "number" }, value === null || value === undefined ? h("span", { class: "quiet-words" }, otherwise) : words.number(value));
    const hasDeaths = event.low !== null || event.best !== null;
    const open = hasDeaths || event.neutralised !== null ? t("event.open") : "–";
    const row = (name, value) => value !== null && value !== undefined && h("tr", null, h("th", { scope: "row" }, labelFigure(name, event)), cell(null, ""), cell(value, "–"), cell(null, ""));
    return h("section", { "aria-labelledby": "figures-title" }, h("h2", { id: "figures-title" }, t("event.figures")),
      h("table", { class: "figures" }, h("thead", null, h("tr", null, ["figure", "low", "best", "high"].map((name) => h("th", { scope: "col", class: name === "figure" ? "" : "number" }, t(`event.${name}`))))),
        h("tbody", null, h("tr", { class: "main-figure" }, h("th", { scope: "row" }, t("table.killed")), cell(event.low, "–"), cell(event.best, t("event.not_stated")), cell(event.high, open)),
          DEATHS.map((name) => row(name, event[name])), OTHERS.map((name) => row(name, event[name])))),
      event.fatality_rule && h("p", { class: "note" }, t("event.rule", { rule: event.fatality_rule })));
  }

  function labelFigure(name, event) {
    const actor = name === "deaths_a" ? event.actor1 : name === "deaths_b" ? event.actor2 : null;
    return [t(`field.${name}`), actor ? h("span", { class: "around" }, " (", outside(actor), ")") : ""];
  }

  /* ------------------------------------------------------------------------------------------------ day and place */

  const list = (...pairs) => h("dl", null, pairs.filter(Boolean).map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
  const part = (id, title, ...children) => h("section", { class: "side-part", "aria-labelledby": id }, h("h2", { id }, title), children);

  function makePlace(event) {
    const point = event.latitude === null ? t(AREAS.includes(event.where_prec) ? "event.no_point" : "event.no_coordinates") : [`${words.decimal(event.latitude, 3)}, ${words.decimal(event.longitude, 3)} `,
      h("button", { type: "button", class: "linklike", onclick: () => showOnMap(event.i) }, t("event.on_map"))];
    return part("where-title", t("event.where"),
      list([t("event.words"), event.location_text ? outside(`« ${event.location_text} »`) : t("event.no_words")], [t("event.precision"), words.label("where_prec", event.where_prec)],
        [t("event.point"), point], event.where_description && [t("event.reason"), outside(event.where_description)]));
  }

  function showOnMap(i) {
    communiques.pending = i;
    location.hash = address.changed({ view: "explore", id: "", filters: {} });
  }

  function makeDay(event) {
    return part("when-title", t("event.when"),
      list([t("event.words"), event.date_text ? outside(`« ${event.date_text} »`) : t("event.no_words")], [t("event.rests_on"), words.label("date_basis", event.date_basis)],
        [t("event.precision"), words.label("date_prec", event.date_prec)]));
  }

  function makeIdentity(event) {
    return part("identity-title", t("event.identity"),
      list([t("event.id"), h("code", null, event.event_id)], [t("event.version"), words.number(event.event_version)], [t("event.first_seen"), words.day(event.first_seen_at)],
        [t("event.updated"), words.day(event.updated_at)], [t("event.run"), h("code", null, event.run_id)], event.confidence !== null && [t("event.confidence"), words.decimal(event.confidence, 2)]),
      h("p", { class: "note" }, t("event.cite")));
  }

  /* ------------------------------------------------------------------------------------------------ figures as told */

  function makeTold(event) {
    const people = event.reports.flatMap((report) => report.tolls.map((row) => ({ ...row, outlet: report.outlet })));
    const things = event.reports.flatMap((report) => report.materiel.map((row) => ({ ...row, outlet: report.outlet })));
    return [tellRows("people", people, "toll_id", (row) => [words.label("side", row.side), row.actor ? [" (", outside(row.actor), ")"] : ""], (row) => words.label("outcome", row.outcome)),
      tellRows("things", things, "materiel_id", (row) => words.label("side", row.owner_side), (row) => [outside(row.item), ", ", words.label("status", row.status)])];
  }

  function tellRows(name, rows, key, whose, what) {
    if (!rows.length) return null;
    const heads = ["health.outlet", "event.words", name === "people" ? "event.outcome" : "event.thing", "event.who", "event.best", "event.claimed_by", "event.remark"];
    const notes = (row) => [row.subset_of && t("event.part"), row.is_contested && t("event.rival"), row.is_leading && t("event.leading")].filter(Boolean).join("; ");
    const body = rows.map((row) => h("tr", null, h("td", null, outside(row.outlet)), h("td", null, outside(`« ${row.text} »`)), h("td", null, what(row)), h("td", null, whose(row)),
      h("td", { class: "number" }, words.range(row.low ?? null, row.best ?? null, row.high ?? null), row.unit ? ` ${row.unit}` : ""), h("td", null, row.claimant ? outside(row.claimant) : t("event.own")), h("td", { class: "note" }, notes(row))));
    return h("section", { "aria-labelledby": `told-${name}` }, h("h2", { id: `told-${name}` }, t(`event.${name}`)),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t(`event.${name}`) },
        h("table", { class: "told" }, h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col", class: head === "event.best" ? "number" : null }, t(head))))), h("tbody", null, body))));
  }

  /* ------------------------------------------------------------------------------------------------ changes */

  function makeRevisions(event) {
    const told = (value) => outside(value === undefined ? t("event.nothing") : value);
    const item = (row) => h("li", null, h("time", { datetime: row.changed_at }, words.day(row.changed_at)), " · ", words.label("field", row.field), t("colon"),
      h("del", null, told(row.old)), " → ", h("ins", null, told(row.new)), h("span", { class: "note" }, ` (${words.label("reason", row.reason)}, ${t("event.version").toLowerCase()} ${row.event_version})`));
    return h("section", { "aria-labelledby": "revisions-title" }, h("h2", { id: "revisions-title" }, t("event.revisions")),
      event.revisions.length ? h("ol", { class: "revisions" }, event.revisions.map(item)) : h("p", null, t("event.no_revisions")),
      event.replaced.length > 0 && [h("h3", null, t("event.took_over")), h("ul", null, event.replaced.map((row) => h("li", null, h("code", null, row.event_id), ` (${words.label("retired", row.reason)}, ${words.day(row.retired_at)})`)))]);
  }

  return { build, quote, credit };
})();
