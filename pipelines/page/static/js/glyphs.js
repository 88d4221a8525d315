"use strict";
/* The signs of the map: discs for points, squares for areas. How sure a place is shows in its edge and its filling. */
communiques.glyphs = (() => {
  const { TYPES } = communiques.spots;
  const FULL = 2 * Math.PI;
  const SMALLEST = 3;
  const SLICED = 6; // pixels, below which slices could not be told apart
  const SOLID = [];

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return {
      types: TYPES.map((_, number) => read(`--type-${number}`)),
      ink: read("--ink"), faint: read("--faint"), halo: read("--map-land"),
      sea: read("--map-sea"), land: read("--map-land"), line: read("--map-line"), grid: read("--map-grid"),
    };
  }

  const radius = (value, scale) => Math.max(SMALLEST, scale * Math.sqrt(value));

  function draw(context, group, x, y, scale, colours) {
    if (group.spot.kind === "area") drawArea(context, group, x, y, radius(group.most, scale), colours);
    else drawPoint(context, group, x, y, scale, colours);
  }

  function drawPoint(context, group, x, y, scale, colours) {
    const inner = radius(group.value, scale), outer = radius(group.most, scale);
    const main = mainColour(group, colours);
    if (outer > inner + 1) ring(context, x, y, outer, main, [1.5, 2.5]);
    if (group.value > 0) drawSlices(context, group, x, y, inner, colours);
    else ring(context, x, y, SMALLEST, main, null);
    if (group.value > 0 && group.spot.kind !== "exact") ring(context, x, y, inner, main, group.spot.kind === "near" ? [4, 3] : [1, 3]);
  }

  /* One disc, cut by how many events of each type it holds; a small one has the colour of the most frequent type. */
  function drawSlices(context, group, x, y, size, colours) {
    context.globalAlpha = { exact: 0.74, near: 0.36, rough: 0.2 }[group.spot.kind];
    if (size < SLICED) {
      context.beginPath();
      context.arc(x, y, size, 0, FULL);
      context.fillStyle = mainColour(group, colours);
      context.fill();
    } else fillSlices(context, group, x, y, size, colours);
    context.globalAlpha = 1;
    if (group.spot.kind === "exact" && size > SMALLEST + 1) ring(context, x, y, size, colours.halo, null, 0.75);
  }

  function fillSlices(context, group, x, y, size, colours) {
    let angle = -FULL / 4;
    group.types.forEach((count, type) => {
      if (!count) return;
      const end = angle + (FULL * count) / group.events.length;
      context.beginPath();
      if (count < group.events.length) context.moveTo(x, y);
      context.arc(x, y, size, angle, end);
      context.fillStyle = colours.types[type];
      context.fill();
      angle = end;
    });
  }

  function drawArea(context, group, x, y, size, colours) {
    const colour = mainColour(group, colours);
    context.save();
    context.beginPath();
    context.rect(x - size, y - size, 2 * size, 2 * size);
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash([3, 2]);
    context.stroke();
    context.clip();
    context.setLineDash([]);
    context.globalAlpha = 0.55;
    context.beginPath();
    for (let step = -2 * size; step < 2 * size; step += 4) {
      context.moveTo(x + step, y + size);
      context.lineTo(x + step + 2 * size, y - size);
    }
    context.stroke();
    context.restore();
  }

  function ring(context, x, y, size, colour, dash, width = 1.2) {
    context.beginPath();
    context.arc(x, y, size, 0, FULL);
    if (dash) context.setLineDash(dash);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
    if (dash) context.setLineDash(SOLID);
  }

  function mainColour(group, colours) {
    let main = 0;
    for (let type = 1; type < group.types.length; type += 1) if (group.types[type] > group.types[main]) main = type;
    return colours.types[main];
  }

  return { readColours, draw, radius, SMALLEST };
})();
