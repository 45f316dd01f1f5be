// The sidebar: the workspace's name, who acts, channels, direct messages.

import { element } from "./dom.js";
import { avatar } from "./messages.js";
import { channelLabel, isMine, myself, state } from "./state.js";

export function drawSidebar(place, { open, become }) {
  const all = state.about.channels.filter(isMine);
  const channels = all.filter((channel) => channel.kind === "public" || channel.kind === "private");
  const direct = all.filter((channel) => channel.kind === "im");
  place.replaceChildren(
    element("div", { class: "team" },
      element("h1", {}, state.about.team.name), element("span", { class: "local" }, "local")),
    whoActs(become),
    group("Channels", channels.map((channel) => entry(channel, sign(channel), open))),
    group("Apps", direct.map((channel) => entry(channel, avatar(state.about.bot.id, true), open))),
    connection(),
  );
  showOpen(place);
}

// On a phone the sidebar is a strip: what is open is scrolled into it, and drawing keeps it there.
function showOpen(place) {
  const open = place.querySelector(".entry.open");
  if (!open || place.scrollWidth <= place.clientWidth) return;
  const [strip, shown] = [place.getBoundingClientRect(), open.getBoundingClientRect()];
  place.scrollLeft += shown.left - strip.left - (strip.width - shown.width) / 2;
}

const sign = (channel) =>
  element("span", { class: "sign", "aria-hidden": "true" }, channel.kind === "private" ? "🔒" : "#");

function group(name, entries) {
  return element("section", {}, element("h2", {}, name), element("ul", {}, entries));
}

function entry(channel, mark, open) {
  const isOpen = state.channel?.id === channel.id;
  return element("li", {}, element("button", {
    class: isOpen ? "entry open" : "entry", "aria-current": isOpen ? "page" : undefined,
    onclick: () => open(channel.id),
  }, mark, element("span", { class: "entry-name" }, channelLabel(channel)),
  channel.is_ext_shared ? element("span", { title: "Shared with another company" }, "◇") : null));
}

function whoActs(become) {
  const people = state.about.users.filter((user) => !user.is_bot);
  const choose = element("select", {
    "aria-label": "Act as", onchange: (event) => become(event.target.value),
  }, people.map((user) =>
    element("option", { value: user.name, selected: user.name === state.me }, user.real_name)));
  return element("label", { class: "who" }, avatar(myself().id, true), choose);
}

function connection() {
  const { connections, socket_mode: isSocket } = state.about.app;
  const isOn = connections > 0 || !isSocket;
  const text = isSocket
    ? (isOn ? `${state.about.bot.real_name} is connected` : "The app is not connected")
    : "The app is called by HTTP";
  return element("div", { class: isOn ? "connection on" : "connection", role: "status" }, text);
}
