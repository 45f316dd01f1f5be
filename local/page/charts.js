// The data_visualization block as an SVG with a legend and a text for who cannot see it.

import { element, svg } from "./dom.js";

const COLOURS = ["#1264a3", "#2bac76", "#ecb22e", "#e01e5a", "#7c3aed", "#36c5f0"];
const WIDTH = 520;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 28;
const TOP = 10;

const colour = (index) => COLOURS[index % COLOURS.length];
const format = (value) => Number(value).toLocaleString(undefined, { maximumFractionDigits: 2 });

export function chart(block) {
  const { chart: drawn, title } = block;
  const isPie = drawn.type === "pie";
  const picture = isPie ? pie(drawn, spoken(block)) : axes(drawn, spoken(block));
  const names = isPie
    ? drawn.segments.map((segment) => `${segment.label}  ${share(segment, drawn.segments)}`)
    : drawn.series.map((series) => series.name);
  const entries = names.map((name, index) => element("li", {}, swatch(index), name));
  return element("figure", { class: `chart chart-${drawn.type}` },
    element("figcaption", {}, title),
    element("div", { class: "chart-body" }, picture, element("ul", { class: "legend" }, entries)));
}

function swatch(index) {
  const mark = svg("svg", { viewBox: "0 0 10 10", class: "swatch", "aria-hidden": "true" });
  mark.append(svg("rect", { width: 10, height: 10, rx: 3, fill: colour(index) }));
  return mark;
}

function spoken({ title, chart: drawn }) {
  const points = drawn.segments || drawn.series.flatMap((series) =>
    series.data.map((point) => ({ label: `${series.name} ${point.label}`, value: point.value })));
  const told = points.map((point) => `${point.label} ${format(point.value)}`).join(", ");
  return `${title}: ${drawn.type} chart. ${told}`;
}

function share(segment, segments) {
  const total = segments.reduce((sum, other) => sum + other.value, 0);
  return `${Math.round((segment.value / total) * 100)} %`;
}

function pie(drawn, label) {
  const total = drawn.segments.reduce((sum, segment) => sum + segment.value, 0);
  const around = 2 * Math.PI * 60;
  let gone = 0;
  const rings = drawn.segments.map((segment, index) => {
    const length = (segment.value / total) * around;
    const ring = svg("circle", {
      cx: 100, cy: 100, r: 60, fill: "none", stroke: colour(index), "stroke-width": 36,
      "stroke-dasharray": `${Math.max(length - 2, 1)} ${around}`, "stroke-dashoffset": -gone,
      transform: "rotate(-90 100 100)",
    }, svg("title", {}, `${segment.label}: ${format(segment.value)}`));
    gone += length;
    return ring;
  });
  const sum = svg("text", { x: 100, y: 106, "text-anchor": "middle", class: "chart-total" },
    format(total));
  return svg("svg", { viewBox: "0 0 200 200", role: "img", "aria-label": label }, rings, sum);
}

function axes(drawn, label) {
  const values = drawn.series.flatMap((series) => series.data.map((point) => point.value));
  const scale = scaled(Math.min(0, ...values), Math.max(0, ...values));
  const categories = drawn.axis_config.categories;
  const step = (WIDTH - LEFT) / categories.length;
  const draw = drawn.type === "bar" ? bars : lines;
  const captions = categories.map((category, index) => svg("text", {
    x: LEFT + step * (index + 0.5), y: HEIGHT - 8, "text-anchor": "middle",
  }, category));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    scale.ticks.map((tick) => gridline(tick, scale)), captions, draw(drawn, scale, step));
}

function scaled(low, high) {
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const unit = power * ([1, 2, 5, 10].find((factor) => span / (factor * power) <= 5) || 10);
  const bottom = Math.floor(low / unit) * unit;
  const top = Math.ceil(high / unit) * unit || unit;
  const ticks = [];
  for (let tick = bottom; tick <= top + unit / 2; tick += unit) ticks.push(tick);
  const room = HEIGHT - BOTTOM - TOP;
  return { ticks, y: (value) => TOP + room - ((value - bottom) / (top - bottom)) * room };
}

function gridline(tick, scale) {
  const y = scale.y(tick);
  return [
    svg("line", { x1: LEFT, x2: WIDTH, y1: y, y2: y, class: tick === 0 ? "zero" : "grid" }),
    svg("text", { x: LEFT - 8, y: y + 4, "text-anchor": "end" }, format(tick)),
  ];
}

function bars(drawn, scale, step) {
  const width = Math.min(46, (step * 0.7) / drawn.series.length);
  return drawn.series.flatMap((series, index) => series.data.map((point, place) => {
    const start = LEFT + step * (place + 0.5) - (width * drawn.series.length) / 2;
    const [y, zero] = [scale.y(point.value), scale.y(0)];
    return svg("rect", {
      x: start + width * index + 1, y: Math.min(y, zero), width: width - 2, rx: 2,
      height: Math.max(Math.abs(zero - y), 1), fill: colour(index),
    }, svg("title", {}, `${series.name}, ${point.label}: ${format(point.value)}`));
  }));
}

function lines(drawn, scale, step) {
  return drawn.series.flatMap((series, index) => {
    const points = series.data.map((point, place) =>
      [LEFT + step * (place + 0.5), scale.y(point.value)]);
    const path = points.map(([x, y]) => `${x},${y}`).join(" ");
    const zero = scale.y(0);
    const area = `${points[0][0]},${zero} ${path} ${points.at(-1)[0]},${zero}`;
    return [
      drawn.type === "area" && svg("polygon", { points: area, fill: colour(index), opacity: 0.2 }),
      svg("polyline", { points: path, fill: "none", stroke: colour(index), "stroke-width": 2.5 }),
      points.map(([x, y]) => svg("circle", { cx: x, cy: y, r: 3.5, fill: colour(index) })),
    ].filter(Boolean);
  });
}
