"use strict";
/* Sums of what was told, as ranges. A figure that is not stated adds nothing and is counted as silent. */
communiques.tally = (() => {
  const { store } = communiques;
  const NONE = store.NONE;

  const empty = () => ({ events: 0, rollups: 0, silent: 0, low: 0, best: 0, high: 0, open: false, single: 0 });

  function add(sum, i) {
    const c = store.column;
    sum.events += 1;
    if (store.words.verification[c.verification[i]] === "single_party") sum.single += 1;
    if (c.event_clarity[i] === 2) {
      sum.rollups += 1;
      return sum;
    }
    const low = c.low[i], best = c.best[i], high = c.high[i];
    const least = low !== NONE ? low : best;
    if (least === NONE && high === NONE) {
      sum.silent += 1;
      return sum;
    }
    const told = best !== NONE ? best : Math.max(least, 0);
    sum.low += Math.max(least, 0);
    sum.best += told;
    sum.high += high !== NONE ? high : told;
    sum.open = sum.open || high === NONE;
    return sum;
  }

  function sum(indexes) {
    const total = empty();
    for (let k = 0; k < indexes.length; k += 1) add(total, indexes[k]);
    return total;
  }

  /* Sums by key; `keysOf` gives the keys of an event, an event may count under several. */
  function group(indexes, keysOf) {
    const groups = new Map();
    for (let k = 0; k < indexes.length; k += 1) {
      for (const key of keysOf(indexes[k])) {
        if (!groups.has(key)) groups.set(key, empty());
        add(groups.get(key), indexes[k]);
      }
    }
    return groups;
  }

  return { empty, add, sum, group };
})();
