// Standard Markdown, as the markdown block carries it, from text to nodes.

import { element, link } from "./dom.js";
import { emojiNode } from "./mrkdwn.js";

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<url>[^)\\s]+)\\)",
    "(?<autolink>https?://[^\\s<>)]+)",
    "\\*\\*(?<bold>\\S(?:.*?\\S)?)\\*\\*",
    "~~(?<strike>\\S(?:.*?\\S)?)~~",
    "(?<![\\w*])\\*(?<star>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\w*])",
    "(?<![\\w_])_(?<under>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?![\\w_])",
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "g",
);

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(end, match.index), styled(match.groups));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)].filter((node) => node !== "");
}

function styled(found) {
  if (found.code) return element("code", {}, found.code);
  if (found.url) return link(found.url, ...inline(found.label));
  if (found.autolink) return link(found.autolink, found.autolink);
  if (found.bold) return element("strong", {}, inline(found.bold));
  if (found.strike) return element("s", {}, inline(found.strike));
  if (found.emoji) return emojiNode(found.emoji);
  return element("em", {}, inline(found.star || found.under));
}

const RULES = [
  [/^```/, fence],
  [/^#{1,6} /, heading],
  [/^ {0,3}(-{3,}|\*{3,})$/, (lines) => { lines.shift(); return element("hr"); }],
  [/^> ?/, quote],
  [/^\s*([-*+]|\d+[.)]) /, list],
  [/^\|.*\|\s*$/, table],
];

export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) {
    if (!lines[0].trim()) { lines.shift(); continue; }
    const rule = RULES.find(([pattern]) => pattern.test(lines[0]));
    nodes.push(rule ? rule[1](lines) : paragraph(lines));
  }
  return nodes;
}

function paragraph(lines) {
  const made = element("p");
  do {
    if (made.childNodes.length) made.append(element("br"));
    made.append(...inline(lines.shift()));
  } while (lines.length && lines[0].trim() && !RULES.some(([pattern]) => pattern.test(lines[0])));
  return made;
}

function fence(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !lines[0].startsWith("```")) code.push(lines.shift());
  lines.shift();
  return element("pre", {}, code.join("\n"));
}

function heading(lines) {
  const [, marks, text] = lines.shift().match(/^(#{1,6}) (.*)$/);
  const level = Math.min(marks.length + 2, 6);
  return element(`h${level}`, { class: `markdown-h${marks.length}` }, inline(text));
}

function quote(lines) {
  const quoted = [];
  while (lines.length && lines[0].startsWith(">")) quoted.push(lines.shift().replace(/^> ?/, ""));
  return element("blockquote", {}, markdown(quoted.join("\n")));
}

function list(lines) {
  const isOrdered = /^\s*\d/.test(lines[0]);
  const indent = lines[0].search(/\S/);
  const made = element(isOrdered ? "ol" : "ul");
  while (lines.length && /^\s*([-*+]|\d+[.)]) /.test(lines[0])) {
    const here = lines[0].search(/\S/);
    if (here < indent || (here === indent && /^\s*\d/.test(lines[0]) !== isOrdered)) break;
    if (here > indent && made.lastElementChild) made.lastElementChild.append(list(lines));
    else made.append(item(lines.shift()));
  }
  return made;
}

function item(line) {
  const text = line.replace(/^\s*([-*+]|\d+[.)]) /, "");
  const task = text.match(/^\[([ xX])\] (.*)$/);
  if (!task) return element("li", {}, inline(text));
  return element("li", { class: "task" }, task[1] === " " ? "☐ " : "☑ ", inline(task[2]));
}

function table(lines) {
  const rows = [];
  while (lines.length && /^\|.*\|\s*$/.test(lines[0])) rows.push(lines.shift());
  const cells = rows.map((row) => row.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const isRule = (row) => row.every((cell) => /^:?-+:?$/.test(cell));
  const body = cells.filter((row) => !isRule(row));
  const head = cells.length > 1 && isRule(cells[1]) ? body.shift() : null;
  const line = (row, tag) =>
    element("tr", {}, row.map((cell) => element(tag, {}, inline(cell))));
  return element("div", { class: "table-frame" }, element("table", {},
    head && element("thead", {}, line(head, "th")),
    element("tbody", {}, body.map((row) => line(row, "td")))));
}
