"use strict";
/* Which events are shown: one pass over the columns, and the form that says what is wanted. */
communiques.filters = (() => {
  const { store, words } = communiques;
  const { h, replace } = communiques.dom;
  const { t } = words;
  const PRECISIONS = { point: [1], near: [2], unit: [3, 5], region: [4, 6, 7] };

  /* Lower case without accents, so that "segou" finds Ségou. */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function numberOf(dictionary, word) {
    return store.words[dictionary].indexOf(word);
  }

  /* For each word of a dictionary whether it holds the words searched for. */
  const matches = (dictionary, wanted, write = (word) => word) =>
    Uint8Array.from(store.words[dictionary], (word) => (fold(write(word)).includes(wanted) ? 1 : 0));

  function searchTest(search) {
    const wanted = fold(search.trim());
    const c = store.column;
    const location = matches("location", wanted), admin2 = matches("admin2", wanted), actor = matches("actor", wanted);
    const region = matches("region", wanted, ([code, name]) => `${name || ""} ${words.country(code)}`);
    const type = matches("sub_event_type", wanted, (word) => words.label("sub_event_type", word));
    return (i) => location[c.location[i]] || region[c.region[i]] || admin2[c.admin2[i]] || type[c.sub_event_type[i]] ||
      c.actors[i].some((number) => actor[number]) || c.event_id[i].toLowerCase().includes(wanted);
  }

  const equals = (column, number) => { const values = store.column[column]; return (i) => values[i] === number; };

  function listTests(filters) {
    const c = store.column;
    const tests = [];
    if (filters.country) tests.push(equals("country", numberOf("country", filters.country)));
    if (filters.region) tests.push(equals("region", store.words.region.findIndex((pair) => writeRegion(pair) === filters.region)));
    if (filters.type) tests.push(equals("event_type", numberOf("event_type", filters.type)));
    if (filters.verification) tests.push(equals("verification", numberOf("verification", filters.verification)));
    if (PRECISIONS[filters.precision]) { const codes = PRECISIONS[filters.precision]; tests.push((i) => codes.includes(c.where_prec[i])); }
    if (filters.actor) { const number = numberOf("actor", filters.actor); tests.push((i) => c.actors[i].includes(number)); }
    if (Number(filters.deaths) > 0) { const least = Number(filters.deaths); tests.push((i) => c.best[i] >= least); }
    if (filters.search && filters.search.trim()) tests.push(searchTest(filters.search));
    return tests;
  }

  const writeRegion = ([country, name]) => `${country}/${name || ""}`;

  /* The events that fit, and those that would without the dates (the timeline shows them all). In the order given. */
  function select(filters, order) {
    const tests = listTests(filters);
    const { date_start, date_end } = store.column;
    const from = readDay(filters.from, -Infinity), to = readDay(filters.to, Infinity);
    const fitting = [], anytime = [];
    events: for (let k = 0; k < order.length; k += 1) {
      const i = order[k];
      for (const test of tests) if (!test(i)) continue events;
      anytime.push(i);
      if (date_end[i] >= from && date_start[i] <= to) fitting.push(i);
    }
    return { fitting, anytime };
  }

  function readDay(iso, otherwise) {
    const day = iso ? store.dayOf(iso) : NaN;
    return Number.isNaN(day) ? otherwise : day;
  }

  /* ------------------------------------------------------------------------------------------------ the form */

  const option = (value, label) => h("option", { value }, label);

  function choice(name, options, onChange) {
    return field(name, h("select", { id: `filter-${name}`, onchange: (event) => onChange(name, event.target.value) },
      option("", t("filters.all")), options.map(([value, label]) => option(value, label))));
  }

  function input(name, type, onChange, more) {
    return field(name, h("input", { id: `filter-${name}`, type, oninput: (event) => onChange(name, event.target.value), ...more }));
  }

  const field = (name, control) =>
    h("p", { class: `field field-${name}` }, h("label", { for: `filter-${name}` }, t(`filters.${name}`)), control);

  const byLabel = (one, other) => one[1].localeCompare(other[1], words.language);

  function listOptions() {
    const pairs = (dictionary, write) => store.words[dictionary].map((word) => [word, write(word)]).sort(byLabel);
    return {
      country: pairs("country", words.country),
      type: pairs("event_type", (word) => words.label("event_type", word)),
      actor: pairs("actor", (word) => word),
      verification: pairs("verification", (word) => words.label("verification", word)),
      precision: Object.keys(PRECISIONS).map((key) => [key, t(`precision.${key}`)]),
    };
  }

  function listRegions(country) {
    const name = ([code, region]) => `${region || t("map.elsewhere")} (${words.country(code)})`;
    return store.words.region.filter(([code]) => !country || code === country)
      .map((pair) => [writeRegion(pair), name(pair)]).sort(byLabel);
  }

  /* The form shows these filters; the regions are those of the chosen country. */
  function sync(form, filters) {
    const region = form.querySelector("#filter-region");
    if (region.dataset.country !== (filters.country || "")) fillRegions(region, filters.country || "");
    for (const control of form.querySelectorAll("select, input")) {
      const value = filters[control.id.replace("filter-", "")] || "";
      if (control !== document.activeElement || value === "") control.value = value;
    }
  }

  function fillRegions(select, country) {
    select.dataset.country = country;
    replace(select, option("", t("filters.all")), listRegions(country).map(([value, label]) => option(value, label)));
  }

  function build(filters, onChange, onClear) {
    const options = listOptions();
    const chosen = (name, list) => choice(name, list, onChange);
    const region = choice("region", [], onChange);
    const isOpen = matchMedia("(min-width: 701px)").matches || Object.values(filters).some(Boolean);
    const form = h("form", { class: "filters", role: "search", "aria-label": t("filters.title"), onsubmit: (event) => event.preventDefault() },
      input("search", "search", onChange, { autocomplete: "off", spellcheck: "false" }),
      chosen("country", options.country), region, chosen("type", options.type), chosen("actor", options.actor),
      chosen("verification", options.verification), chosen("precision", options.precision),
      input("from", "date", onChange), input("to", "date", onChange),
      input("deaths", "number", onChange, { min: 0, inputmode: "numeric" }),
      h("p", { class: "field field-clear" }, h("button", { type: "button", class: "quiet", onclick: onClear }, t("filters.clear"))));
    fillRegions(form.querySelector("#filter-region"), filters.country || "");
    sync(form, filters);
    return h("details", { class: "filters-box", open: isOpen }, h("summary", null, t("filters.title")), form);
  }

  return { select, build, sync, writeRegion };
})();
