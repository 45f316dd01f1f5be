// Suggestions above a text box: the app's slash commands and the names of people.

import { element } from "./dom.js";
import { state } from "./state.js";

export class Suggestions {
  constructor(text) {
    this.text = text;
    this.matches = [];
    this.picked = 0;
    this.list = element("ul", { class: "suggestions", role: "listbox", hidden: true });
    text.addEventListener("input", () => this.look());
    text.addEventListener("blur", () => this.close());
    text.addEventListener("keydown", (event) => this.key(event));
  }

  look() {
    this.picked = 0;
    this.matches = found(this.text.value.slice(0, this.text.selectionStart));
    this.list.hidden = !this.matches.length;
    this.list.replaceChildren(...this.matches.map((match) => element("li", {
      role: "option", onmousedown: (event) => { event.preventDefault(); this.take(match); },
    }, element("strong", {}, match.name), element("span", { class: "muted" }, ` ${match.about}`))));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((child, index) =>
      child.setAttribute("aria-selected", String(index === this.picked)));
    this.list.children[this.picked]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.picked = (this.picked + step + this.matches.length) % this.matches.length;
      this.mark();
    } else if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Tab" || (event.key === "Enter" && !this.isWhole())) {
      event.preventDefault();
      this.take(this.matches[this.picked]);
    }
  }

  // A command or name that is typed out already is sent by Enter, not completed.
  isWhole() {
    return this.matches.some((match) => this.text.value.endsWith(match.name));
  }

  take(match) {
    const [start, end] = [this.text.selectionStart, this.text.value.length];
    const before = this.text.value.slice(0, start).replace(/[/@]\S*$/, `${match.name} `);
    this.text.value = before + this.text.value.slice(start, end);
    this.text.setSelectionRange(before.length, before.length);
    this.close();
    this.text.focus();
  }

  close() {
    this.list.hidden = true;
  }
}

function found(before) {
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
