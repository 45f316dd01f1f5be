// The compose box: text, files, slash commands and mentions with suggestions.

import { send } from "./api.js";
import { element, toast } from "./dom.js";
import { size } from "./files.js";
import { attempt } from "./messages.js";
import { state } from "./state.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 240;

export class Compose {
  // `where` answers with the channel and thread a message goes to at the moment it is sent.
  constructor(place, where, label) {
    this.where = where;
    this.chosen = [];
    this.text = element("textarea", { rows: 1, "aria-label": label, placeholder: label });
    this.attached = element("div", { class: "attached" });
    this.picker = element("input", { type: "file", multiple: true, hidden: true, "aria-label": "Attach files" });
    this.sendButton = element("button", { class: "send", "aria-label": "Send now", onclick: () => this.submit() }, "➤");
    this.suggestions = new Suggestions(this.text);
    place.append(this.suggestions.list,
      element("div", { class: "compose-box" }, this.text, this.attached, this.tools(), this.picker));
    this.listen(place);
  }

  tools() {
    return element("div", { class: "compose-tools" },
      element("button", {
        class: "icon-button", "aria-label": "Attach files", onclick: () => this.picker.click(),
      }, "+"),
      element("span", { class: "muted compose-hint" }, "Enter to send, Shift + Enter for a new line"),
      this.sendButton);
  }

  listen(place) {
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("paste", (event) => this.attach(event.clipboardData.files));
    this.picker.addEventListener("change", () => this.attach(this.picker.files));
    // Anywhere in the conversation: beside it the browser would open the file in place of the page.
    const pane = place.parentElement;
    pane.addEventListener("dragover", (event) => event.preventDefault());
    pane.addEventListener("drop", (event) => {
      event.preventDefault();
      this.attach(event.dataTransfer.files);
    });
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST)}px`;
    const isReady = Boolean(this.text.value.trim() || this.chosen.length);
    this.sendButton.classList.toggle("ready", isReady);
  }

  attach(files) {
    if (!files.length) return;
    this.chosen = [...this.chosen, ...files];
    this.picker.value = "";
    this.showAttached();
    this.text.focus();
  }

  showAttached() {
    const remove = (file) => {
      this.chosen = this.chosen.filter((other) => other !== file);
      this.showAttached();
    };
    this.attached.replaceChildren(...this.chosen.map((file) => element("span", { class: "chip" },
      `${file.name} · ${size(file.size)} `,
      element("button", { "aria-label": `Remove ${file.name}`, onclick: () => remove(file) }, "✕"))));
    this.grow();
  }

  async submit() {
    const [text, files] = [this.text.value, this.chosen];
    if (!text.trim() && !files.length) return;
    [this.text.value, this.chosen] = ["", []];
    this.showAttached();
    this.suggestions.close();
    await deliver(this.where(), text, files);
  }
}

async function deliver({ channel, thread = "" }, text, files) {
  const place = { channel, thread_ts: thread };
  const command = text.match(/^(\/\S+)\s*([\s\S]*)$/);
  if (files.length) {
    try {
      await send("uploads", { user: state.me, text, ...place }, files);
    } catch (error) {
      toast(`Slack says: ${error.message}`);
    }
  } else if (command) {
    await attempt("commands", { ...place, command: command[1], text: command[2] });
  } else {
    await attempt("messages", { ...place, text });
  }
}
