// The rich_text block, from elements to nodes.

import { element, link } from "./dom.js";
import { broadcast, channelLink, emojiNode, mention } from "./mrkdwn.js";

export function richText(block) {
  return block.elements.map((part) => PARTS[part.type]?.(part) ?? null);
}

const PARTS = {
  rich_text_section: (part) => element("div", { class: "rich-section" }, part.elements.map(leaf)),
  rich_text_quote: (part) => element("blockquote", {}, part.elements.map(leaf)),
  rich_text_preformatted: (part) => element("pre", {}, part.elements.map(leaf)),
  rich_text_list: (part) => {
    const tag = part.style === "ordered" ? "ol" : "ul";
    const start = part.offset ? part.offset + 1 : undefined;
    const items = part.elements.map((item) => element("li", {}, item.elements.map(leaf)));
    return element(tag, { class: `indent-${part.indent || 0}`, start }, items);
  },
};

function leaf(part) {
  let node = bare(part);
  const style = part.style || {};
  if (style.code) node = element("code", {}, node);
  if (style.bold) node = element("strong", {}, node);
  if (style.italic) node = element("em", {}, node);
  if (style.strike) node = element("s", {}, node);
  return node;
}

function bare(part) {
  switch (part.type) {
    case "text": return lines(part.text);
    case "link": return link(part.url, part.text || part.url);
    case "user": return mention(part.user_id);
    case "channel": return channelLink(part.channel_id);
    case "broadcast": return broadcast(part.range);
    case "emoji": return emojiNode(part.name);
    case "date": return new Date(part.timestamp * 1000).toLocaleString();
    default: return part.text || "";
  }
}

function lines(text) {
  const made = element("span");
  text.split("\n").forEach((line, index) => {
    if (index) made.append(element("br"));
    made.append(line);
  });
  return made;
}
