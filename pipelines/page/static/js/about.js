"use strict";
/* How to read the page: words only. */
communiques.about = (() => {
  const { words } = communiques;
  const { h } = communiques.dom;

  function build() {
    const sections = words.find("about.sections") || [];
    return h("div", { class: "about-page" }, h("h1", { tabindex: "-1" }, words.t("about.title")),
      sections.map(({ heading, text }) => h("section", null, h("h2", null, heading), text.map((paragraph) => h("p", null, paragraph)))));
  }

  return { build };
})();
