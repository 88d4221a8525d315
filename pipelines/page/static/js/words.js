"use strict";
/* The words of the page in the chosen language, and how numbers, days and countries are written in it. */
communiques.words = (() => {
  let all = {};
  let language = "fr";

  function find(path) {
    return path.split(".").reduce((branch, key) => (branch === undefined || branch === null ? undefined : branch[key]), all[language]);
  }

  const fillIn = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));

  function t(path, values) {
    const found = find(path);
    return typeof found === "string" ? (values ? fillIn(found, values) : found) : path;
  }

  /* The label of a value; a value without one is shown as it stands in the data. */
  function label(group, value) {
    if (value === null || value === undefined) return "";
    const labels = find(group) || {};
    return Object.hasOwn(labels, value) ? labels[value] : String(value);
  }

  const formats = new Map();
  function cached(key, make) {
    const full = `${language} ${key}`;
    if (!formats.has(full)) formats.set(full, make());
    return formats.get(full);
  }

  const number = (value) => cached("number", () => new Intl.NumberFormat(language)).format(value);
  const decimal = (value, digits) =>
    cached(`decimal${digits}`, () => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value);

  function dayFormat(style) {
    const styles = {
      long: { day: "numeric", month: "long", year: "numeric" },
      short: { day: "2-digit", month: "short", year: "numeric" },
      month: { month: "long", year: "numeric" },
      year: { year: "numeric" },
      brief: { month: "short", year: "2-digit" },
      dayMonth: { day: "numeric", month: "short" },
    };
    return cached(`day ${style}`, () => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...styles[style], timeZone: "UTC" }));
  }

  const day = (iso, style = "long") => (iso ? dayFormat(style).format(new Date(`${String(iso).slice(0, 10)}T00:00:00Z`)) : "");

  /* One day, or a span as the language writes it: 12–13 July 2025. */
  const days = (first, last, style = "long") =>
    (first === last || !last ? day(first, style) : dayFormat(style).formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)));

  function country(code) {
    if (!code) return "";
    try {
      return cached("countries", () => new Intl.DisplayNames([language], { type: "region" })).of(code);
    } catch {
      return code;
    }
  }

  /* A range as it was told: the figure, then lowest and highest where they say more. `none` where nothing was said. */
  function range(low, best, high, none = "–") {
    if (low === null && best === null && high === null) return none;
    const lowest = low === null ? best : low;
    if (best === null) return lowest === null ? `≤ ${number(high)}` : high === null ? `≥ ${number(lowest)}` : `${number(lowest)}–${number(high)}`;
    if (high === null) return lowest === best ? `${number(best)}+` : `${number(best)} (${number(lowest)}+)`;
    return lowest === best && best === high ? number(best) : `${number(best)} (${number(lowest)}–${number(high)})`;
  }

  return {
    t, label, number, decimal, day, days, country, range, find,
    set: (strings) => { all = strings; },
    choose: (code) => { language = all[code] ? code : "en"; document.documentElement.lang = language; },
    get language() { return language; },
    get languages() { return Object.keys(all); },
  };
})();
