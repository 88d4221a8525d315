"use strict";
/* What is shown stands in the address after the #, so that a view can be sent and cited: #/event/ID?lang=fr */
communiques.address = (() => {
  const VIEWS = ["explore", "event", "summary", "health", "about"];
  const FILTERS = ["search", "country", "region", "type", "actor", "verification", "precision", "from", "to", "deaths"];
  const SETTINGS = ["lang", "measure", "sort", "page"];

  function read() {
    const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
    const [view, ...rest] = path.split("/");
    const told = new URLSearchParams(query || "");
    const state = { view: VIEWS.includes(view) ? view : "explore", id: decode(rest.join("/")), filters: {} };
    for (const name of FILTERS) if (told.get(name)) state.filters[name] = told.get(name);
    for (const name of SETTINGS) if (told.get(name)) state[name] = told.get(name);
    return state;
  }

  function decode(words) {
    try {
      return decodeURIComponent(words);
    } catch {
      return words;
    }
  }

  function write(state) {
    const told = new URLSearchParams();
    for (const name of FILTERS) if (state.filters[name]) told.set(name, state.filters[name]);
    for (const name of SETTINGS) if (state[name]) told.set(name, state[name]);
    const path = state.view === "event" ? `event/${encodeURIComponent(state.id)}` : state.view === "explore" ? "" : state.view;
    const query = String(told);
    return `#/${path}${query ? `?${query}` : ""}`;
  }

  /* The address with something changed; a change of filters begins at the first page again. */
  const changed = (change) => write({ ...communiques.state, page: null, ...change });

  return { read, write, changed, FILTERS };
})();
