"use strict";
/* From the address to the view: loads the data once, lays out what the address asks for. */
(() => {
  const { store, words, address, spots } = communiques;
  const { h, replace } = communiques.dom;
  const { t } = words;
  const content = document.getElementById("content");
  const VIEWS = ["explore", "summary", "health", "about"];
  let built = null;
  let turn = 0;

  function chooseLanguage(asked) {
    const wanted = asked || (navigator.languages || []).map((code) => code.slice(0, 2)).find((code) => words.languages.includes(code)) || "fr";
    words.choose(wanted);
    document.title = t("title");
  }

  function drawFrame() {
    const { view } = communiques.state;
    document.getElementById("skip").textContent = t("skip");
    document.getElementById("subtitle").textContent = t("subtitle");
    const isHere = (name) => name === view || (name === "explore" && view === "event");
    const tab = (name) => h("a", { href: address.changed({ view: name, id: "", page: null }), "aria-current": isHere(name) ? "page" : null }, t(`views.${name}`));
    const tongue = (code) => h("a", { href: address.changed({ lang: code, page: communiques.state.page }), lang: code, hreflang: code, "aria-current": code === words.language ? "true" : null }, code.toUpperCase());
    const nav = replace(document.getElementById("views"), h("span", { class: "tabs" }, VIEWS.map(tab)), h("span", { class: "tongues", role: "group", "aria-label": t("language") }, words.languages.map(tongue)));
    nav.setAttribute("aria-label", t("title"));
    const { release } = store.index;
    replace(document.getElementById("foot"), h("p", null, t("made_from", { release: release.release || release.folder, codebook: release.codebook_version || "–", program: release.pipeline_version || "–" })));
  }

  /* The skip link leads into the page without leaving the view. */
  document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); content.focus(); });

  /* A change made in the view itself: the address follows, only what depends on it is drawn anew. */
  function change(what) {
    const next = { ...communiques.state, page: null, ...what };
    communiques.state = next;
    history.replaceState(null, "", address.write(next));
    drawFrame();
    communiques.explore.update();
  }

  async function show(keepsFocus) {
    const mine = (turn += 1);
    const { view, id } = communiques.state;
    const { activeElement } = document;
    const focused = keepsFocus && activeElement ? activeElement.id : null;
    const element = await make(view, id);
    if (mine !== turn) return;
    if (view !== "explore") communiques.map.stop();
    replace(content, element);
    if (view === "explore") communiques.explore.start();
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
    else if (built !== null && !keepsFocus) arrive(element);
    built = view;
  }

  const make = (view, id) => (view === "event" ? communiques.event.build(id) : view === "explore" ? communiques.explore.build(change) : communiques[view].build());

  /* A new view begins at its top, and its heading has the focus. */
  function arrive(element) {
    window.scrollTo(0, 0);
    const heading = element.querySelector("h1");
    if (heading) heading.focus({ preventScroll: true });
  }

  function follow() {
    const language = words.language;
    communiques.state = address.read();
    chooseLanguage(communiques.state.lang);
    drawFrame();
    show(language !== words.language).catch(fail);
  }

  const fail = (error) => { replace(content, h("p", { class: "loading", role: "alert" }, t("failed"))); throw error; };

  async function begin() {
    words.set(await store.load("words"));
    communiques.state = address.read();
    chooseLanguage(communiques.state.lang);
    const loading = document.getElementById("loading");
    await store.loadEvents((n, total) => { loading.textContent = t("loading", { n: words.number(n), total: words.number(total) }); });
    spots.prepare();
    drawFrame();
    await show();
    window.addEventListener("hashchange", follow);
    window.addEventListener("resize", () => { if (communiques.state.view === "explore") communiques.explore.update(); });
    document.documentElement.dataset.ready = "true";
  }

  begin().catch(fail);
})();
