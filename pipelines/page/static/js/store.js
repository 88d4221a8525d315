"use strict";
/* The data: files of data/ hand themselves over by a call; the columns are joined into typed arrays. */
communiques.store = (() => {
  const NONE = -1;
  const waiting = new Map();
  const arrived = new Map();
  const store = { NONE, size: 0, words: {}, column: {}, index: null };

  communiques.receive = (name, payload) => arrived.set(name, payload);

  function load(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(name)));
        script.onerror = () => { waiting.delete(name); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  const TEXTS = ["event_id", "actors"];
  const FRACTIONS = ["latitude", "longitude", "confidence"];

  function makeColumn(name, size) {
    if (TEXTS.includes(name)) return new Array(size);
    return FRACTIONS.includes(name) ? new Float64Array(size).fill(NaN) : new Int32Array(size).fill(NONE);
  }

  function join(pieces, size) {
    const columns = {};
    let start = 0;
    for (const piece of pieces) {
      for (const [name, values] of Object.entries(piece)) {
        const column = (columns[name] = columns[name] || makeColumn(name, size));
        for (let i = 0; i < values.length; i += 1) if (values[i] !== null) column[start + i] = values[i];
      }
      start += piece.event_id.length;
    }
    return columns;
  }

  async function loadEvents(onProgress) {
    const index = await load("index");
    const count = Math.ceil(index.events / index.columns_at_once);
    let done = 0;
    const pieces = await Promise.all(Array.from({ length: count }, (_, number) =>
      load(`columns-${number}`).then((piece) => { onProgress((done += piece.event_id.length), index.events); return piece; })));
    Object.assign(store, { index, size: index.events, words: index.dictionaries, column: join(pieces, index.events) });
    if (!count) store.column = emptyColumns();
    numberEvents();
  }

  const emptyColumns = () => new Proxy({}, { get: () => [] });

  function numberEvents() {
    store.numbers = new Map();
    for (let i = 0; i < store.size; i += 1) store.numbers.set(store.column.event_id[i], i);
  }

  /* The word of a row, null where none is stated. `dictionary` differs from the column for actors and regions. */
  function word(column, i, dictionary) {
    const number = store.column[column][i];
    return number === NONE || number === undefined ? null : store.words[dictionary || column][number];
  }

  function number(column, i) {
    const value = store.column[column][i];
    return value === NONE || Number.isNaN(value) || value === undefined ? null : value;
  }

  /* Everything of one event: its row of the columns and, loaded only now, its details. */
  async function loadEvent(id) {
    const i = store.numbers.get(id);
    if (i === undefined) return null;
    const size = store.index.details_at_once;
    const details = (await load(`details-${Math.floor(i / size)}`))[i % size];
    return { ...row(i), ...details, i };
  }

  function row(i) {
    const told = { event_id: store.column.event_id[i], admin1: word("region", i)[1] };
    for (const name of Object.keys(store.column)) {
      if (name === "event_id" || name === "actors" || name === "region") continue;
      if (name === "date_start" || name === "date_end") told[name] = isoDay(store.column[name][i]);
      else if (name === "actor1" || name === "actor2") told[name] = word(name, i, "actor");
      else told[name] = store.words[name] ? word(name, i) : number(name, i);
    }
    return told;
  }

  const isoDay = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);

  return Object.assign(store, { load, loadEvents, loadEvent, word, number, isoDay, dayOf });
})();
