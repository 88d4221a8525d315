"use strict";
/* Where the events stand on the map: points that several share, and areas for those that have no point. */
communiques.spots = (() => {
  const { store } = communiques;
  const TYPES = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"];
  const KIND = { 1: "exact", 2: "near", 5: "rough" };
  let spots = [];
  let spotOf = null;
  let typeOf = null;

  function prepare() {
    const numbers = new Map();
    const seats = new Map(store.index.seats.map(([code, name, latitude, longitude]) => [`${code}/${name}`, { latitude, longitude }]));
    spots = [];
    spotOf = new Int32Array(store.size);
    typeOf = new Uint8Array(store.size);
    for (let i = 0; i < store.size; i += 1) {
      const made = Number.isNaN(store.column.latitude[i]) ? makeArea(i, seats) : makePoint(i);
      if (!numbers.has(made.key)) numbers.set(made.key, spots.push(made) - 1);
      spotOf[i] = numbers.get(made.key);
      typeOf[i] = Math.max(0, TYPES.indexOf(store.word("event_type", i)));
    }
  }

  function makePoint(i) {
    const latitude = store.column.latitude[i], longitude = store.column.longitude[i];
    const kind = KIND[store.column.where_prec[i]] || "rough";
    return { key: `${latitude} ${longitude} ${kind}`, kind, latitude, longitude, name: store.word("location", i) };
  }

  /* A unit by the finest name that is known; its square stands at the seat, if anybody told where that is. */
  function makeArea(i, seats) {
    const [country, region] = store.word("region", i);
    const district = store.column.where_prec[i] <= 3 ? store.word("admin2", i) : null;
    const name = district || region;
    const seat = name ? seats.get(`${country}/${name}`) : undefined;
    return { key: `area ${country} ${name}`, kind: "area", country, region, district, name, ...seat };
  }

  /* The spots that hold some of the events, with their sums; largest first, so that small ones stay on top. */
  function gather(indexes, measure) {
    const groups = new Map();
    for (let k = 0; k < indexes.length; k += 1) {
      const i = indexes[k], number = spotOf[i];
      let group = groups.get(number);
      if (!group) groups.set(number, (group = { spot: spots[number], events: [], best: 0, high: 0, types: new Uint32Array(TYPES.length), open: false }));
      group.events.push(i);
      group.types[typeOf[i]] += 1;
      addFigures(group, i);
    }
    const gathered = [...groups.values()];
    for (const group of gathered) Object.assign(group, measure === "events" ? { value: group.events.length, most: group.events.length } : { value: group.best, most: group.high });
    return gathered.sort((one, other) => Math.max(other.value, other.most) - Math.max(one.value, one.most));
  }

  function addFigures(group, i) {
    const { best, high, low, event_clarity } = store.column;
    if (event_clarity[i] === 2) return;
    const told = best[i] >= 0 ? best[i] : Math.max(low[i], 0);
    group.best += told;
    group.high += high[i] >= 0 ? high[i] : told;
    if (high[i] < 0 && told > 0) group.open = true;
  }

  const spotAt = (i) => spots[spotOf[i]];
  const typeAt = (i) => typeOf[i];

  return { TYPES, prepare, gather, spotAt, typeAt };
})();
