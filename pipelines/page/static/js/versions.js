"use strict";
/* The versions of the outlets side by side. A report tells only what differs from the event; the rest is the event's. */
communiques.versions = (() => {
  const { words } = communiques;
  const { h, outside } = communiques.dom;
  const { t } = words;
  const ROWS = ["claimant", "days", "date_text", "date_basis", "sub_event_type", "actor1", "actor2", "initiator", "location", "location_text", "admin1", "where_prec", "killed", "deaths_a", "deaths_b", "deaths_civilians", "neutralised", "injured", "captured", "confidence"];
  const LABELLED = { date_basis: "date_basis", sub_event_type: "sub_event_type", where_prec: "where_prec" };
  const WORDS = ["date_text", "location_text"];
  const VARYING = ["confidence", ...WORDS]; // differ by nature, so they are no disagreement

  const valueOf = (report, event, name) => (name in report ? report[name] : event[name]) ?? null;

  function write(report, event, name) {
    const value = (column) => valueOf(report, event, column);
    if (name === "killed") return words.range(value("low"), value("best"), value("high"), "");
    if (name === "days") return words.days(value("date_start"), value("date_end"));
    if (name === "initiator") return value("initiator") ? String(value(value("initiator")) ?? "") : "";
    const told = value(name);
    if (told === null) return "";
    if (name === "confidence") return words.decimal(told, 2);
    if (WORDS.includes(name)) return `« ${told} »`;
    return name in LABELLED ? words.label(LABELLED[name], told) : typeof told === "number" ? words.number(told) : String(told);
  }

  const titleOf = (name) => (name === "killed" ? t("table.killed") : name === "days" ? t("table.date") : t(`field.${name}`));

  /* Each row with its cells; those in which the outlets differ come first. */
  function listRows(reports, event) {
    const rows = ROWS.map((name) => ({ name, cells: reports.map((report) => write(report, event, name)) })).filter(({ cells }) => cells.some((cell) => cell !== ""));
    for (const row of rows) Object.assign(row, { isSame: new Set(row.cells).size === 1, isDiffering: !VARYING.includes(row.name) && new Set(row.cells).size > 1 });
    return rows.sort((one, other) => Number(other.isDiffering) - Number(one.isDiffering) || Number(one.isSame) - Number(other.isSame));
  }

  function makeRow({ name, cells, isSame, isDiffering }) {
    if (isSame) return h("tr", { class: "row-same" }, h("th", { scope: "row" }, titleOf(name)), h("td", { colspan: cells.length }, outside(cells[0])));
    const sign = isDiffering ? [h("span", { class: "differs", "aria-hidden": "true" }, "≠ "), h("span", { class: "hidden" }, `${t("event.differs")}${t("colon")}`)] : "";
    return h("tr", { class: isDiffering ? "row-differs" : null }, h("th", { scope: "row" }, sign, titleOf(name)),
      cells.map((cell) => h("td", null, cell === "" ? h("span", { class: "quiet-words" }, t("event.not_stated")) : outside(cell))));
  }

  function build(event) {
    const { reports } = event;
    const head = h("h2", { id: "versions-title" }, t("event.versions"));
    if (reports.length < 2) return h("section", { "aria-labelledby": "versions-title" }, head, h("p", null, t("event.version_one")));
    const columns = reports.map((report) => h("th", { scope: "col" }, outside(report.outlet), report.article.published_date ? h("span", { class: "around" }, ` ${words.day(report.article.published_date, "short")}`) : ""));
    const quotes = h("tr", { class: "row-quotes" }, h("th", { scope: "row" }, t("field.evidence")), reports.map((report) => h("td", null, communiques.event.quote(report, event.language), communiques.event.credit(report))));
    return h("section", { "aria-labelledby": "versions-title" }, head, h("p", { class: "note" }, t("event.versions_note")),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("event.versions") },
        h("table", { class: "versions" }, h("thead", null, h("tr", null, h("td"), columns)), h("tbody", null, quotes, listRows(reports, event).map(makeRow)))));
  }

  return { build };
})();
