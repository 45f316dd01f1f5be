// The compose box: text, files, slash commands and mentions with suggestions.

import { get, send } from "./api.js";
import { element, toast } from "./dom.js";
import { size } from "./files.js";
import { attempt } from "./messages.js";
import { state } from "./state.js";

// `where` answers with the channel and thread that a message goes to at the moment it is sent.
export function makeCompose(place, where, label) {
  let chosen = [];
  let picked = 0;
  const text = element("textarea", { rows: 1, "aria-label": label, placeholder: label });
  const suggestions = element("ul", { class: "suggestions", role: "listbox", hidden: true });
  const attached = element("div", { class: "attached" });
  const picker = element("input", { type: "file", multiple: true, hidden: true, "aria-label": "Attach files" });
  const sendButton = element("button", { class: "send", "aria-label": "Send now", onclick: submit }, "➤");

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 240)}px`;
    sendButton.classList.toggle("ready", Boolean(text.value.trim() || chosen.length));
  }

  function showAttached() {
    attached.replaceChildren(...chosen.map((file, index) => element("span", { class: "chip" },
      `${file.name} · ${size(file.size)} `,
      element("button", {
        "aria-label": `Remove ${file.name}`,
        onclick: () => { chosen.splice(index, 1); showAttached(); },
      }, "✕"))));
    grow();
  }

  function attach(list) {
    chosen = [...chosen, ...list];
    picker.value = "";
    showAttached();
    text.focus();
  }

  async function submit() {
    const [message, attachments] = [text.value, chosen];
    if (!message.trim() && !attachments.length) return;
    [text.value, chosen] = ["", []];
    showAttached();
    close();
    await deliver(where(), message, attachments);
  }

  function suggest() {
    picked = 0;
    const found = matches(text.value.slice(0, text.selectionStart));
    suggestions.hidden = !found.length;
    suggestions.replaceChildren(...found.map((match, index) => element("li", {
      role: "option", "aria-selected": index === picked ? "true" : "false",
      onmousedown: (event) => { event.preventDefault(); take(match); },
    }, element("strong", {}, match.name), element("span", { class: "muted" }, ` ${match.about}`))));
    suggestions.matches = found;
  }

  function take(match) {
    const before = text.value.slice(0, text.selectionStart).replace(/[/@]\S*$/, `${match.name} `);
    text.value = before + text.value.slice(text.selectionStart);
    close();
    text.focus();
  }

  function close() {
    suggestions.hidden = true;
  }

  function move(step) {
    const count = suggestions.children.length;
    picked = (picked + step + count) % count;
    [...suggestions.children].forEach((child, index) =>
      child.setAttribute("aria-selected", index === picked ? "true" : "false"));
    suggestions.children[picked].scrollIntoView({ block: "nearest" });
  }

  text.addEventListener("input", () => { grow(); suggest(); });
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (!suggestions.hidden) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        return move(event.key === "ArrowDown" ? 1 : -1);
      }
      if (event.key === "Escape") return close();
      if (event.key === "Tab" || (event.key === "Enter" && !isWhole(text.value))) {
        event.preventDefault();
        return take(suggestions.matches[picked]);
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
    return undefined;
  });
  text.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) attach(event.clipboardData.files);
  });
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    attach(event.dataTransfer.files);
  });
  picker.addEventListener("change", () => attach(picker.files));

  const tools = element("div", { class: "compose-tools" },
    element("button", { class: "icon-button", "aria-label": "Attach files", onclick: () => picker.click() }, "+"),
    element("span", { class: "muted compose-hint" }, "Enter to send, Shift + Enter for a new line"),
    sendButton);
  place.append(suggestions, element("div", { class: "compose-box" }, text, attached, tools, picker));
  return text;
}

const isWhole = (value) =>
  state.about.commands.some((command) => value === command.command) || /\s/.test(value);

function matches(before) {
  const command = before.match(/^(\/\S*)$/);
  if (command) {
    return state.about.commands.filter((known) => known.command.startsWith(command[1]))
      .map((known) => ({
        name: known.command, about: `${known.usage_hint || ""}  ${known.description || ""}`,
      }));
  }
  const person = before.match(/(?:^|\s)@(\S*)$/);
  if (!person) return [];
  return state.about.users.filter((user) => user.name.startsWith(person[1].toLowerCase()))
    .map((user) => ({ name: `@${user.name}`, about: user.real_name }));
}

async function deliver(where, text, files) {
  const thread = where.thread || "";
  try {
    if (files.length) {
      await send("uploads", { user: state.me, channel: where.channel, text, thread_ts: thread }, files);
    } else if (/^\/\S/.test(text)) {
      const [, command, rest] = text.match(/^(\/\S+)\s*([\s\S]*)$/);
      await attempt("commands", { channel: where.channel, command, text: rest, thread_ts: thread });
    } else {
      await attempt("messages", { channel: where.channel, text, thread_ts: thread });
    }
  } catch (error) {
    toast(`Slack says: ${error.message}`);
  }
}

export const refreshAbout = async () => { state.about = await get("workspace"); };
