// Modals: the topmost open view of the acting person as a dialog.

import { post } from "./api.js";
import { blocks } from "./blocks.js";
import { byId, element, toast } from "./dom.js";
import { valueOf } from "./inputs.js";
import { attempt } from "./messages.js";
import { textObject } from "./mrkdwn.js";
import { state } from "./state.js";

let shown = "";

export function drawModal(views) {
  const dialog = byId("modal");
  const view = views.at(-1);
  const key = view ? `${view.id}/${view.hash}` : "";
  if (key === shown) return;
  shown = key;
  if (!view) {
    dialog.close();
    dialog.replaceChildren();
    return;
  }
  dialog.replaceChildren(form(view));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".modal-body :is(input, textarea, select)")?.focus();
}

function form(view) {
  const made = element("form", { method: "dialog", class: "modal-form", novalidate: true });
  const dismiss = () => attempt("views/close", { view_id: view.id });
  const act = (part, block, value) => attempt("actions", {
    view_id: view.id, action_id: part.action_id, block_id: block.block_id, value,
  });
  made.append(
    element("header", {},
      element("span", { class: "avatar small bot", "aria-hidden": "true" }, "R"),
      element("h2", {}, textObject(view.title)),
      element("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: dismiss }, "✕")),
    element("div", { class: "modal-body" }, blocks(view.blocks, view.id, act)),
    element("footer", {},
      element("button", { type: "button", class: "kit-button", onclick: dismiss },
        view.close ? textObject(view.close) : "Close"),
      view.submit && element("button", { type: "submit", class: "kit-button primary" },
        textObject(view.submit))),
  );
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(view, made);
  });
  return made;
}

async function submit(view, made) {
  const button = made.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const values = {};
    for (const block of view.blocks.filter((one) => one.type === "input")) {
      values[block.block_id] = await valueOf(block, made);
    }
    const answer = await post("views/submit", { user: state.me, view_id: view.id, values });
    showErrors(made, answer.errors || {});
    if (answer.ok === false && !answer.errors) toast(`Slack says: ${answer.error}`);
  } catch (error) {
    toast(`Slack says: ${error.message}`);
  }
  button.disabled = false;
}

function showErrors(made, errors) {
  for (const block of made.querySelectorAll(".block-input")) {
    const place = block.querySelector(".field-error");
    place.textContent = errors[block.dataset.blockId] || "";
  }
}

byId("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  byId("modal").querySelector(".icon-button")?.click();
});
