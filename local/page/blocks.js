// Block Kit, from blocks to nodes; `act` is called with an element that a person used.

import { chart } from "./charts.js";
import { element, link, picture } from "./dom.js";
import { input, labelled } from "./inputs.js";
import { markdown } from "./markdown.js";
import { textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";

// place: where the blocks are, as a key for what the page remembers; act: what a use calls.
export function blocks(list, place, act) {
  return list.map((block) => {
    const draw = BLOCKS[block.type] || unknown;
    return element("div", { class: `block block-${block.type}`, "data-block-id": block.block_id },
      draw(block, place, act));
  });
}

const BLOCKS = {
  header: (block) => element("h3", {}, textObject(block.text)),
  divider: () => element("hr"),
  section,
  context: (block) => block.elements.map((part) => part.type === "image"
    ? picture({ class: "context-image", src: source(part), alt: part.alt_text })
    : element("span", {}, textObject(part))),
  actions: (block, place, act) => block.elements.map((part) => control(part, block, act)),
  context_actions: (block, place, act) => block.elements.map((part) => control(part, block, act)),
  image: (block) => element("figure", {},
    block.title && element("figcaption", {}, textObject(block.title)),
    picture({ src: source(block), alt: block.alt_text })),
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
  data_table: dataTable,
  data_visualization: chart,
  video: (block) => link(block.title_url || block.video_url, textObject(block.title)),
  alert: (block) => element("div", { class: `alert ${block.level || ""}`, role: "alert" },
    textObject(block.text)),
  input: (block) => labelled(block),
  container,
  card,
  carousel: (block, place, act) => blocks(block.elements || [], place, act),
  plan: (block, place, act) => [
    element("strong", {}, textObject(block.title)), blocks(block.tasks || [], place, act),
  ],
  task_card: (block) => [
    element("span", { class: `task-state ${block.status}` }, TASK_MARKS[block.status] || "○"),
    " ", textObject(block.title),
  ],
};

const TASK_MARKS = { pending: "○", in_progress: "◐", complete: "●", error: "✕" };

const source = (image) =>
  image.image_url || (image.slack_file?.id ? `/local/files/${image.slack_file.id}` : "");

function section(block, place, act) {
  const fields = (block.fields || []).map((field) => element("div", {}, textObject(field)));
  return [
    element("div", { class: "section-text" },
      block.text && element("div", { class: block.text.type }, textObject(block.text)),
      fields.length ? element("div", { class: "fields" }, fields) : null),
    block.accessory && element("div", { class: "accessory" },
      control(block.accessory, block, act)),
  ];
}

function container(block, place, act) {
  const inside = blocks(block.child_blocks, place, act);
  if (!block.is_collapsible) return inside;
  return element("details", { open: !block.default_collapsed },
    element("summary", {}, textObject(block.title || "More")), inside);
}

function card(block, place, act) {
  return [
    block.hero_image && picture({ src: source(block.hero_image), alt: block.hero_image.alt_text }),
    block.title && element("strong", {}, textObject(block.title)),
    block.subtitle && element("div", { class: "muted" }, textObject(block.subtitle)),
    block.body && element("div", {}, textObject(block.body)),
    element("div", { class: "block-actions" },
      (block.actions || []).map((part) => control(part, block, act))),
  ];
}

function unknown(block) {
  return element("em", { class: "muted" }, `(a ${block.type} block)`);
}

// A button, menu or other element that a person uses.
function control(part, block, act) {
  if (part.type === "image") return picture({ src: source(part), alt: part.alt_text });
  if (part.type === "button" || part.type === "icon_button") return button(part, block, act);
  if (part.type === "feedback_buttons") return feedback(part, block, act);
  if (part.type === "overflow") return overflow(part, block, act);
  return input(part, (value) => act(part, block, value));
}

function button(part, block, act) {
  const press = async () => {
    if (part.confirm && !window.confirm(part.confirm.text.text)) return;
    if (part.url) window.open(part.url, "_blank", "noopener");
    await act(part, block);
  };
  return element("button", {
    class: `kit-button ${part.style || ""}`, onclick: press, type: "button",
    "aria-label": part.accessibility_label, "data-action-id": part.action_id,
  }, textObject(part.text));
}

function feedback(part, block, act) {
  const one = (name, mark) => element("button", {
    class: "feedback", type: "button", title: part[`${name}_button`].text.text,
    "aria-label": part[`${name}_button`].text.text, onclick: () => act(part, block, name),
  }, mark);
  return [one("positive", "👍"), one("negative", "👎")];
}

function overflow(part, block, act) {
  const choose = (option) => element("button", {
    type: "button", onclick: () => act(part, block, option.value),
  }, textObject(option.text));
  return element("details", { class: "overflow" },
    element("summary", { "aria-label": "More choices" }, "⋯"),
    element("div", { class: "menu" }, part.options.map(choose)));
}
