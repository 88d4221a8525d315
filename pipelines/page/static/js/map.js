"use strict";
/* The map: Leaflet for moving about, outlines and events on one canvas. No tile is ever asked for. */
communiques.map = (() => {
  const { store, words, spots, glyphs } = communiques;
  const { h, outside } = communiques.dom;
  const { t } = words;
  const LARGEST = 26; // pixels, for the point with the highest sum of all
  const LISTED = 8;
  const LABEL = "12px system-ui, sans-serif";
  const LABEL_AREA = `italic ${LABEL}`;
  let view = null;
  let left = null; // where the map stood when it was left for another view

  function build() {
    const element = h("div", { class: "map", role: "application", "aria-label": t("map.label") });
    view = { element, map: null, groups: [], drawn: [], scale: 1, measure: "killed" };
    return element;
  }

  /* Leaflet needs an element that has its size: called once the element stands in the page. */
  async function start(measure) {
    const mine = view;
    const outlines = await store.load("outlines");
    if (mine !== view || !mine.element.isConnected) return;
    const map = L.map(mine.element, { attributionControl: false, zoomControl: false, zoomAnimation: false, fadeAnimation: false, minZoom: 3, maxZoom: 12, zoomSnap: 0.5, worldCopyJump: false });
    L.control.zoom({ zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out"), position: "topright" }).addTo(map);
    Object.assign(mine, { map, outlines, measure });
    if (left) map.setView(left.center, left.zoom, { animate: false });
    else fit(map, outlines.box);
    mine.land = outlines.features.map((feature) => tracePath(map, feature.geometry.coordinates.flat()));
    mine.grid = tracePath(map, listGraticule());
    addCanvas(mine);
    map.on("move zoom resize viewreset", paint);
    map.on("click", openSpot);
    map.on("mousemove", hover);
    mine.scale = findScale(measure);
    update(mine.waiting || [], measure);
  }

  function fit(map, [west, south, east, north]) {
    const room = Math.max(0.5, (5 - Math.max(east - west, north - south)) / 2);
    map.fitBounds([[south - room, west - room], [north + room, east + room]], { animate: false });
  }

  function listGraticule() {
    const lines = [];
    for (let degrees = -180; degrees <= 180; degrees += 5) {
      lines.push([[degrees, -80], [degrees, 80]]);
      if (Math.abs(degrees) <= 80) lines.push([[-180, degrees], [180, degrees]]);
    }
    return lines;
  }

  /* Lines of longitudes and latitudes as one path in the projection's units at zoom 0; drawing scales it. */
  function tracePath(map, lines) {
    const path = new Path2D();
    for (const line of lines) {
      line.forEach(([longitude, latitude], k) => {
        const { x, y } = map.project([latitude, longitude], 0);
        if (k) path.lineTo(x, y);
        else path.moveTo(x, y);
      });
    }
    return path;
  }

  function addCanvas(mine) {
    mine.canvas = h("canvas", { class: "map-canvas leaflet-zoom-hide", "aria-hidden": "true" });
    mine.map.createPane("events").append(mine.canvas);
  }

  function findScale(measure) {
    const everything = spots.gather(Array.from({ length: store.size }, (_, i) => i), measure);
    const most = Math.max(1, ...everything.slice(0, 1).map((group) => Math.max(group.value, group.most)));
    return Math.min(measure === "events" ? 4 : 3, LARGEST / Math.sqrt(most));
  }

  function update(groups, measure) {
    if (!view || !view.map) {
      if (view) view.waiting = groups;
      return;
    }
    if (measure !== view.measure) Object.assign(view, { measure, scale: findScale(measure) });
    view.groups = groups.filter((group) => group.spot.latitude !== undefined);
    for (const { spot } of view.groups) spot.world = spot.world || view.map.project([spot.latitude, spot.longitude], 0);
    paint();
  }

  function paint() {
    const { map, canvas, groups } = view;
    const size = map.getSize(), ratio = window.devicePixelRatio || 1;
    if (!size.x) return;
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    const colours = glyphs.readColours();
    drawGround(context, size, colours);
    drawNames(context, colours);
    view.drawn = drawGroups(context, groups, size, colours);
    drawLabels(context, colours);
  }

  function drawGround(context, size, colours) {
    const zoom = 2 ** view.map.getZoom(), corner = view.map.getPixelBounds().min;
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, size.x, size.y);
    context.save();
    context.translate(-corner.x, -corner.y);
    context.scale(zoom, zoom);
    context.lineWidth = 1 / zoom;
    context.strokeStyle = colours.grid;
    context.stroke(view.grid);
    context.fillStyle = colours.land;
    context.strokeStyle = colours.line;
    for (const path of view.land) {
      context.fill(path);
      context.stroke(path);
    }
    context.restore();
  }

  function drawGroups(context, groups, size, colours) {
    const zoom = 2 ** view.map.getZoom(), corner = view.map.getPixelBounds().min, drawn = [], specks = new Set();
    for (const group of groups) {
      const x = group.spot.world.x * zoom - corner.x, y = group.spot.world.y * zoom - corner.y;
      if (x < -40 || y < -40 || x > size.x + 40 || y > size.y + 40) continue;
      const radius = glyphs.radius(Math.max(group.most, group.value), view.scale);
      drawn.push({ group, x, y, radius });
      if (radius > glyphs.SMALLEST || isNewSpeck(specks, group, x, y)) glyphs.draw(context, group, x, y, view.scale, colours);
    }
    return drawn;
  }

  /* Whether no sign of the smallest size, the same kind and type stands on the same two pixels: many look like one. */
  function isNewSpeck(specks, group, x, y) {
    const speck = ((y >> 1) * 4096 + (x >> 1)) * 64 + group.types.findIndex(Boolean) * 8 + "enra".indexOf(group.spot.kind[0]) * 2 + Number(group.value > 0);
    return specks.size < specks.add(speck).size;
  }

  /* Countries in spaced capitals, as on a printed map. */
  function drawNames(context, colours) {
    context.font = "600 11px system-ui, sans-serif";
    context.textAlign = "center";
    context.fillStyle = colours.faint;
    if ("letterSpacing" in context) context.letterSpacing = "2px";
    const taken = [];
    for (const { properties } of view.outlines.features) {
      const { x, y } = view.map.latLngToContainerPoint([properties.label[1], properties.label[0]]);
      const name = nameCountry(properties).toUpperCase(), half = context.measureText(name).width / 2;
      if (isTaken(taken, { x: x - half, y: y - 10, w: 2 * half, h: 14 })) continue;
      context.fillText(name, x, y);
    }
    if ("letterSpacing" in context) context.letterSpacing = "0px";
  }

  /* Whether a label would lie over another; if not, its room is taken from now on. */
  function isTaken(taken, box) {
    const isOver = taken.some((other) => box.x < other.x + other.w + 4 && other.x < box.x + box.w + 4 && box.y < other.y + other.h && other.y < box.y + box.h);
    if (!isOver) taken.push(box);
    return isOver;
  }

  const nameCountry = (properties) => (properties.code ? words.country(properties.code) : properties.name);

  /* Names of the places with most events, as far as there is room. */
  function drawLabels(context, colours) {
    const taken = [], named = new Set();
    context.font = LABEL;
    context.textAlign = "left";
    context.lineWidth = 3;
    context.lineJoin = "round";
    for (const { group, x, y, radius } of view.drawn.slice(0, 150)) {
      if (!group.spot.name || named.has(group.spot.name) || taken.length >= 24) continue;
      const box = { x: x + radius + 3, y: y - 7, w: context.measureText(group.spot.name).width, h: 14 };
      if (isTaken(taken, box)) continue;
      named.add(group.spot.name);
      context.font = group.spot.kind === "area" ? LABEL_AREA : LABEL;
      context.strokeStyle = colours.halo;
      context.strokeText(group.spot.name, box.x, y + 4);
      context.fillStyle = colours.ink;
      context.fillText(group.spot.name, box.x, y + 4);
    }
  }

  function findSpot(point) {
    for (let k = view.drawn.length - 1; k >= 0; k -= 1) {
      const { x, y, radius } = view.drawn[k];
      if (Math.hypot(point.x - x, point.y - y) <= Math.max(radius, 7)) return view.drawn[k].group;
    }
    return null;
  }

  function hover(event) {
    view.element.classList.toggle("map-over", Boolean(findSpot(event.containerPoint)));
  }

  function openSpot(event) {
    const group = findSpot(event.containerPoint);
    if (group) openGroup(group);
  }

  function openGroup(group) {
    L.popup({ maxWidth: 320, minWidth: 220, autoPan: true })
      .setLatLng([group.spot.latitude, group.spot.longitude]).setContent(describe(group)).openOn(view.map);
  }

  function describe(group) {
    const { spot, events } = group;
    const newest = [...events].sort((one, other) => store.column.date_start[other] - store.column.date_start[one]);
    const heading = spot.kind === "area" ? t("map.of_area", { n: words.number(events.length), area: spot.name })
      : events.length === 1 ? t("map.at_one") : t("map.at", { n: words.number(events.length) });
    return h("div", { class: "popup" }, h("p", { class: "popup-title" }, outside(spot.name || "")), h("p", { class: "popup-note" }, heading),
      h("ul", null, newest.slice(0, LISTED).map((i) => h("li", null, communiques.table.linkEvent(i), " ", h("span", { class: "quiet-words" }, words.day(store.isoDay(store.column.date_start[i]), "short"))))),
      events.length > LISTED && h("p", { class: "popup-note" }, t("map.more", { n: words.number(events.length - LISTED) })));
  }

  /* Show where one event is: the map moves there and opens its point. */
  function show(i) {
    const spot = spots.spotAt(i);
    const group = view && view.map && view.groups.find((one) => one.spot === spot);
    if (!group) return;
    view.map.setView([spot.latitude, spot.longitude], 8, { animate: false });
    openGroup(group);
  }

  function repaint() {
    if (view && view.map && view.element.isConnected) paint();
  }

  function stop() {
    if (view && view.map) {
      left = { center: view.map.getCenter(), zoom: view.map.getZoom() };
      view.map.remove();
    }
    view = null;
  }

  /* On paper the map has its light colours, whatever the screen has. */
  function printing(isPrinting) {
    document.documentElement.toggleAttribute("data-printing", isPrinting);
    repaint();
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  window.addEventListener("beforeprint", () => printing(true));
  window.addEventListener("afterprint", () => printing(false));

  return { build, start, update, show, stop };
})();
