// The table and data_table blocks; the second sorts and pages, and remembers both while it is open.

import { element } from "./dom.js";
import { richText } from "./rich_text.js";

const remembered = new Map();

function cell(content) {
  if (content.type === "rich_text") return richText(content);
  if (content.type === "raw_number") return [content.text || content.value.toLocaleString()];
  return [content.text];
}

const isNumber = (content) =>
  content.type === "raw_number" || /^[-+]?[\d.,]+\s?%?$/.test((content.text || "").trim());

function row(cells, tag, settings = []) {
  return element("tr", {}, cells.map((content, index) => {
    const align = settings[index]?.align || (tag === "td" && isNumber(content) ? "right" : "");
    return element(tag, { class: align && `align-${align}` }, cell(content));
  }));
}

export function table(block) {
  const [head, ...body] = block.rows;
  return element("div", { class: "table-frame" }, element("table", {},
    element("thead", {}, row(head, "th", block.column_settings)),
    element("tbody", {}, body.map((cells) => row(cells, "td", block.column_settings)))));
}

export function dataTable(block, place) {
  const key = `${place}/${block.block_id}`;
  const view = remembered.get(key) || { page: 0, column: -1, descending: false };
  remembered.set(key, view);
  const frame = element("div", { class: "data-table" });
  const draw = () => frame.replaceChildren(...parts(block, view, draw));
  draw();
  return frame;
}

function parts(block, view, draw) {
  const size = block.page_size || 5;
  const rows = sorted(block.rows.slice(1), view);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  view.page = Math.min(view.page, pages - 1);
  const shown = rows.slice(view.page * size, (view.page + 1) * size);
  const head = element("tr", {}, block.rows[0].map((content, index) =>
    heading(content, isNumber(block.rows[1][index]), index, view, draw)));
  const made = element("table", {}, element("caption", {}, block.caption),
    element("thead", {}, head),
    element("tbody", {}, shown.map((cells) => row(cells, "td"))));
  const turn = pages > 1 ? pager(rows.length, size, view, pages, draw) : "";
  return [element("div", { class: "table-frame" }, made), turn];
}

function heading(content, isNumeric, index, view, draw) {
  const isSorted = view.column === index;
  const arrow = isSorted ? (view.descending ? " ↓" : " ↑") : "";
  const order = isSorted ? (view.descending ? "descending" : "ascending") : undefined;
  const press = () => {
    Object.assign(view, { column: index, descending: isSorted && !view.descending, page: 0 });
    draw();
  };
  return element("th", { "aria-sort": order, class: isNumeric && "align-right" },
    element("button", { onclick: press }, cell(content), arrow));
}

function sorted(rows, { column, descending }) {
  if (column < 0) return rows;
  const value = (cells) => cells[column].value ?? cells[column].text ?? "";
  const compare = (one, other) => {
    const [left, right] = [value(one), value(other)];
    if (typeof left === "number" && typeof right === "number") return left - right;
    return String(left).localeCompare(String(right), undefined, { numeric: true });
  };
  const inOrder = [...rows].sort(compare);
  return descending ? inOrder.reverse() : inOrder;
}

function pager(count, size, view, pages, draw) {
  const go = (step) => () => { view.page += step; draw(); };
  const first = view.page * size + 1;
  const last = Math.min(count, first + size - 1);
  return element("div", { class: "pager" },
    element("span", { class: "muted" }, `${first}–${last} of ${count}`),
    element("button", { onclick: go(-1), disabled: view.page === 0, "aria-label": "Previous page" }, "‹"),
    element("button", { onclick: go(1), disabled: view.page >= pages - 1, "aria-label": "Next page" }, "›"));
}
