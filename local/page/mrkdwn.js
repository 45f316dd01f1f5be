// Slack's mrkdwn, from text to nodes.

import { element, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelById, myself, userName } from "./state.js";

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    "(?<![\\w*])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?![\\w*])",
    "(?<![\\w_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\w_])",
    "(?<![\\w~])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?![\\w~])",
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "g",
);

export const unescape = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function mrkdwn(text) {
  const parts = text.split(/```/);
  return parts.flatMap((part, index) => {
    const isCode = index % 2 === 1 && index < parts.length - 1;
    if (isCode) return [element("pre", {}, unescape(part.replace(/^\n/, "")))];
    return paragraphs(index % 2 === 1 ? "```" + part : part);
  });
}

function paragraphs(text) {
  const nodes = [];
  let quote = null;
  for (const line of text.split("\n")) {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (quote) quote.append(element("br"));
      else nodes.push((quote = element("blockquote")));
      quote.append(...inline(quoted[1]));
      continue;
    }
    if (nodes.length && !quote) nodes.push(element("br"));
    quote = null;
    nodes.push(...inline(line));
  }
  return nodes;
}

export function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(unescape(text.slice(end, match.index)), styled(match));
    end = match.index + match[0].length;
  }
  nodes.push(unescape(text.slice(end)));
  return nodes.filter((node) => node !== "");
}

function styled(match) {
  const { code, angle, bold, italic, strike, emoji: name } = match.groups;
  if (code) return element("code", {}, unescape(code));
  if (angle) return reference(angle);
  if (bold) return element("strong", {}, inline(bold));
  if (italic) return element("em", {}, inline(italic));
  if (strike) return element("s", {}, inline(strike));
  return emojiNode(name);
}

export function emojiNode(name) {
  const character = emoji(name);
  if (!character) return `:${name}:`;
  return element("span", { class: "emoji", role: "img", "aria-label": name }, character);
}

function reference(angle) {
  const [target, label] = angle.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return broadcast(target.slice(1));
  return link(unescape(target), unescape(label || target));
}

export function mention(id) {
  const isMe = id === myself().id;
  return element("span", { class: isMe ? "mention me" : "mention" }, `@${userName(id)}`);
}

export function channelLink(id, label) {
  const channel = channelById(id);
  return element("a", { class: "mention", href: `/?channel=${encodeURIComponent(id)}` },
    `#${channel ? channel.name : label || id}`);
}

export function broadcast(range) {
  return element("span", { class: "mention me" }, `@${range.split("^")[0].split("|")[0]}`);
}

function date(target, label) {
  const [, seconds, format] = target.split("^");
  const when = new Date(Number(seconds) * 1000);
  if (Number.isNaN(when.getTime())) return label || "";
  return (format || "{date}")
    .replace(/\{date[a-z_]*\}/g, when.toLocaleDateString())
    .replace(/\{time[a-z_]*\}/g, when.toLocaleTimeString([], { timeStyle: "short" }));
}

// A text object of Block Kit.
export function textObject(text) {
  if (!text) return [];
  if (typeof text === "string") return [text];
  if (text.type === "mrkdwn") return mrkdwn(text.text);
  return plain(text.text);
}

export function plain(text) {
  return text.split(/(:[a-z0-9_+-]+:)/).filter(Boolean)
    .map((part) => (/^:[a-z0-9_+-]+:$/.test(part) ? emojiNode(part.slice(1, -1)) : part));
}
