"use strict";
/* The timeline: bars by day, week, month or year; dragging over them chooses a period. */
communiques.timeline = (() => {
  const { store, words, tally, spots } = communiques;
  const { h, svg, replace } = communiques.dom;
  const { t } = words;
  const FEW_MONTHS = 36, HEIGHT = 130, BOTTOM = 22, LEFT = 38, TOP = 8;
  let frame = null;

  function build(onChoose) {
    frame = { chart: h("div", { class: "timeline-chart" }), note: h("p", { class: "note" }), onChoose };
    return [frame.chart, frame.note];
  }

  function chooseStep(first, last) {
    const days = last - first + 1;
    if (days <= 92) return "day";
    if (days <= 400) return "week";
    return days <= 366 * 21 ? "month" : "year";
  }

  const date = (day) => new Date(day * 86400000);
  const starts = {
    day: (day) => day,
    week: (day) => day - ((day + 3) % 7), // 1 January 1970 was a Thursday; weeks begin on Mondays
    month: (day) => Date.UTC(date(day).getUTCFullYear(), date(day).getUTCMonth()) / 86400000,
    year: (day) => Date.UTC(date(day).getUTCFullYear(), 0) / 86400000,
  };
  const nexts = {
    day: (day) => day + 1,
    week: (day) => day + 7,
    month: (day) => Date.UTC(date(day).getUTCFullYear(), date(day).getUTCMonth() + 1) / 86400000,
    year: (day) => Date.UTC(date(day).getUTCFullYear() + 1, 0) / 86400000,
  };

  function makeBins(indexes) {
    const days = store.column.date_start;
    let first = Infinity, last = -Infinity;
    for (const i of indexes) { first = Math.min(first, days[i]); last = Math.max(last, days[i]); }
    const step = chooseStep(first, last), bins = [], byStart = new Map(), startOf = new Map();
    for (let start = starts[step](first); start <= last; start = nexts[step](start)) {
      byStart.set(start, bins.push({ start, end: nexts[step](start) - 1, types: new Uint32Array(spots.TYPES.length), sum: tally.empty() }) - 1);
    }
    for (const i of indexes) {
      const day = days[i];
      if (!startOf.has(day)) startOf.set(day, starts[step](day));
      const bin = bins[byStart.get(startOf.get(day))];
      bin.types[spots.typeAt(i)] += 1;
      tally.add(bin.sum, i);
    }
    return { step, bins };
  }

  function update({ fitting, anytime }, measure, filters) {
    if (!frame) return;
    if (!anytime.length) { replace(frame.chart); replace(frame.note); return; }
    const { step, bins } = makeBins(anytime);
    const width = Math.max(280, frame.chart.clientWidth || 800);
    const value = (bin) => (measure === "events" ? bin.sum.events : Math.max(bin.sum.high, bin.sum.best));
    const top = niceTop(Math.max(1, ...bins.map(value)));
    const place = makePlace(bins, width, top);
    const from = filters.from ? store.dayOf(filters.from) : -Infinity, to = filters.to ? store.dayOf(filters.to) : Infinity;
    const chart = svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": `${t("timeline.label")} ${t("timeline.hint")}` },
      drawScale(place, top, width), bins.map((bin, number) => drawBin(bin, number, place, measure, step, bin.end < from || bin.start > to)), drawDays(bins, place, step, width));
    watchDrag(chart, bins, place);
    replace(frame.chart, chart);
    replace(frame.note, noteOf(fitting, step));
  }

  function niceTop(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= value);
  }

  function makePlace(bins, width, top) {
    const wide = (width - LEFT) / bins.length;
    return { x: (number) => LEFT + number * wide, wide, y: (value) => TOP + (HEIGHT - BOTTOM - TOP) * (1 - value / top) };
  }

  function drawScale(place, top, width) {
    return [0, top / 2, top].filter((value) => Number.isInteger(value)).map((value) => svg("g", { class: "scale" },
      svg("line", { x1: LEFT, x2: width, y1: place.y(value), y2: place.y(value) }),
      svg("text", { x: LEFT - 6, y: place.y(value) + 4, "text-anchor": "end" }, words.number(value))));
  }

  function drawBin(bin, number, place, measure, step, isOutside) {
    const gap = place.wide > 4 ? 1 : 0, x = place.x(number), wide = Math.max(1, place.wide - gap);
    const rectangle = (low, high, kind) => high > low && svg("rect", { x, width: wide, y: place.y(high), height: Math.max(0.5, place.y(low) - place.y(high)), class: kind });
    const title = svg("title", null, `${nameBin(bin, step)}: ${describeBin(bin)}`);
    return svg("g", { class: isOutside ? "bin bin-outside" : "bin" }, title, measure === "events" ? stack(bin, rectangle)
      : [rectangle(bin.sum.best, bin.sum.high, "bar-high"), rectangle(0, bin.sum.best, "bar-best"),
        bin.sum.low < bin.sum.best && svg("line", { x1: x, x2: x + wide, y1: place.y(bin.sum.low), y2: place.y(bin.sum.low), class: "bar-low" })]);
  }

  function stack(bin, rectangle) {
    let below = 0;
    return [...bin.types].map((count, type) => { below += count; return rectangle(below - count, below, `type-${type}`); });
  }

  function describeBin({ sum }) {
    const high = `${words.number(sum.high)}${sum.open ? "+" : ""}`;
    return `${t("timeline.events", { n: words.number(sum.events) })}; ${t("timeline.killed", { best: words.number(sum.best), low: words.number(sum.low), high })}`;
  }

  function nameBin(bin, step) {
    const start = store.isoDay(bin.start);
    if (step === "month" || step === "year") return words.day(start, step);
    return step === "day" ? words.day(start) : words.days(start, store.isoDay(bin.end));
  }

  /* Days under the axis, as many as have room; years only where the months are many. */
  function drawDays(bins, place, step, width) {
    const hasMonths = step === "month" && bins.length <= FEW_MONTHS;
    const style = { day: "dayMonth", week: "dayMonth", month: hasMonths ? "brief" : "year", year: "year" }[step];
    const labels = [];
    let free = 0, last = "";
    bins.forEach((bin, number) => {
      const label = words.day(store.isoDay(bin.start), style), x = place.x(number);
      const isNew = label !== last && (step !== "month" || hasMonths || number === 0 || date(bin.start).getUTCMonth() === 0);
      if (!isNew || x < free || x > width - 30) return;
      if (step === "month" && !hasMonths && number === 0 && date(bin.start).getUTCMonth() > 8) return;
      labels.push(svg("g", { class: "scale" }, svg("line", { x1: x, x2: x, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 5 }), svg("text", { x: x + 2, y: HEIGHT - 5 }, label)));
      last = label;
      free = x + 14 + label.length * 7;
    });
    return labels;
  }

  function watchDrag(chart, bins, place) {
    let begun = null;
    const shade = svg("rect", { class: "shade", y: TOP, height: HEIGHT - BOTTOM - TOP, width: 0 });
    chart.append(shade);
    const numberAt = (event) => Math.max(0, Math.min(bins.length - 1, Math.floor((event.clientX - chart.getBoundingClientRect().left - LEFT) / place.wide)));
    const span = (event) => [begun, numberAt(event)].sort((one, other) => one - other);
    chart.addEventListener("pointerdown", (event) => { begun = numberAt(event); chart.setPointerCapture(event.pointerId); });
    chart.addEventListener("pointermove", (event) => {
      if (begun === null) return;
      const [first, last] = span(event);
      shade.setAttribute("x", place.x(first));
      shade.setAttribute("width", place.x(last + 1) - place.x(first));
    });
    chart.addEventListener("pointerup", (event) => {
      if (begun === null) return;
      const [first, last] = span(event);
      begun = null;
      frame.onChoose(store.isoDay(bins[first].start), store.isoDay(bins[last].end));
    });
    chart.addEventListener("pointercancel", () => { begun = null; shade.setAttribute("width", 0); });
  }

  function noteOf(fitting, step) {
    const rough = fitting.reduce((count, i) => count + (store.column.date_prec[i] > 2 ? 1 : 0), 0);
    return [t(`timeline.per.${step}`), " ", t("timeline.hint"), " ", rough > 0 && t("timeline.imprecise", { n: words.number(rough) })];
  }

  return { build, update, nameBin };
})();
