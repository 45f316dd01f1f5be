// Input elements: how each one is drawn and what its value is when the form is sent.

import { element } from "./dom.js";
import { send } from "./api.js";
import { textObject } from "./mrkdwn.js";
import { isMine, channelLabel, state } from "./state.js";

const options = (part) => (part.option_groups || [part]).flatMap((group) => group.options || []);
const initial = (part) =>
  part.initial_options?.map((option) => option.value) || [part.initial_option?.value];

// Draws an element; `changed` is called with its value, where uses are reported at once.
export function input(part, changed = () => {}) {
  const draw = KINDS[part.type] || KINDS.plain_text_input;
  const made = draw(part, changed);
  made.dataset.actionId = part.action_id || "";
  return made;
}

const field = (part, type) => element("input", {
  type, placeholder: part.placeholder?.text, value: part.initial_value,
  min: part.min_value, max: part.max_value, maxlength: part.max_length,
  step: part.is_decimal_allowed ? "any" : undefined,
});

const dated = (type) => (part, changed) => element("input", {
  type, value: part.initial_date || part.initial_time, onchange: (event) => changed(event.target.value),
});

const KINDS = {
  plain_text_input: (part) => part.multiline
    ? element("textarea", { rows: 4, placeholder: part.placeholder?.text, maxlength: part.max_length },
      part.initial_value || "")
    : field(part, "text"),
  number_input: (part) => field(part, "number"),
  email_text_input: (part) => field(part, "email"),
  url_text_input: (part) => field(part, "url"),
  datepicker: dated("date"),
  timepicker: dated("time"),
  static_select: (part, changed) => select(part, options(part).map(asChoice), changed),
  multi_static_select: (part, changed) => ticks(part, "checkbox", changed),
  users_select: (part, changed) => select(part, people(), changed),
  channels_select: (part, changed) => select(part, channels("public"), changed),
  conversations_select: (part, changed) => select(part, channels(), changed),
  checkboxes: (part, changed) => ticks(part, "checkbox", changed),
  radio_buttons: (part, changed) => ticks(part, "radio", changed),
  file_input: (part) => element("input", {
    type: "file", multiple: (part.max_files || 10) > 1,
    accept: (part.filetypes || []).map((type) => `.${type}`).join(","),
  }),
};

const asChoice = (option) => ({ value: option.value, label: option.text.text });
const people = () => state.about.users.filter((user) => !user.is_bot)
  .map((user) => ({ value: user.id, label: user.real_name }));
const channels = (kind) => state.about.channels
  .filter((channel) => isMine(channel) && (!kind || channel.kind === kind))
  .map((channel) => ({ value: channel.id, label: `# ${channelLabel(channel)}` }));

function select(part, choices, changed) {
  const chosen = initial(part)[0] || part.initial_user || part.initial_channel
    || part.initial_conversation;
  const hint = element("option", { value: "" }, part.placeholder?.text || "Choose an option");
  return element("select", { onchange: (event) => changed(event.target.value) }, hint,
    choices.map(({ value, label }) =>
      element("option", { value, selected: value === chosen }, label)));
}

function ticks(part, type, changed) {
  const name = `ticks-${Math.random()}`;
  const box = element("div", { class: "ticks", role: type === "radio" ? "radiogroup" : "group" });
  const report = () => changed(type === "radio" ? ticked(box)[0] : ticked(box));
  box.append(...options(part).map((option) => element("label", {},
    element("input", {
      type, name, value: option.value, checked: initial(part).includes(option.value),
      onchange: report,
    }),
    element("span", {}, textObject(option.text),
      option.description && element("small", {}, textObject(option.description))))));
  return box;
}

const ticked = (box) => [...box.querySelectorAll("input:checked")].map((one) => one.value);

// An input block with its label, hint and place for an error.
export function labelled(block) {
  const made = input(block.element);
  made.id = `input-${block.block_id}`;
  const isGroup = made.tagName === "DIV";
  return [
    element(isGroup ? "div" : "label", { class: "label", for: isGroup ? undefined : made.id },
      textObject(block.label), block.optional ? element("span", { class: "muted" }, " (optional)") : null),
    made,
    element("div", { class: "field-error", role: "alert" }),
    block.hint && element("div", { class: "hint" }, textObject(block.hint)),
  ];
}

// The value of one input block in a form; files are handed over first.
export async function valueOf(block, form) {
  const made = form.querySelector(`[id="input-${CSS.escape(block.block_id)}"]`);
  const type = block.element.type;
  if (type === "file_input") {
    if (!made.files.length) return [];
    const answer = await send("files", { user: state.me }, made.files);
    return answer.files.map((file) => file.id);
  }
  if (["checkboxes", "multi_static_select"].includes(type)) return ticked(made);
  if (type === "radio_buttons") return ticked(made)[0] ?? null;
  return made.value;
}
