// The page: reads its place from the address, draws, and draws again after every change.

import { get, onChange } from "./api.js";
import { blocks } from "./blocks.js";
import { Compose } from "./compose.js";
import { byId, element, toast } from "./dom.js";
import { attempt, drawMessages } from "./messages.js";
import { drawModal } from "./modal.js";
import { drawSidebar } from "./sidebar.js";
import { channelById, channelLabel, isMine, rememberPlace, state } from "./state.js";

async function start() {
  const query = new URLSearchParams(location.search);
  state.me = query.get("user") || "ada";
  await refreshAbout();
  if (!state.about.users.some((user) => user.name === state.me)) state.me = "ada";
  state.channel = find(query.get("channel")) || find("general");
  state.thread = query.get("thread") || "";
  new Compose(byId("compose"), () => ({ channel: state.channel.id }), "Message");
  new Compose(byId("thread-compose"),
    () => ({ channel: state.channel.id, thread: state.thread }), "Reply…");
  byId("thread-close").addEventListener("click", () => openThread(""));
  document.addEventListener("click", closeMenus);
  await draw();
  onChange(refresh);
}

const refreshAbout = async () => { state.about = await get("workspace"); };

const find = (key) => state.about.channels
  .filter(isMine)
  .find((channel) => key && (channel.id === key || channel.name === key));

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.overflow[open]")) {
    if (!menu.contains(event.target) || event.target.closest(".menu")) menu.open = false;
  }
}

async function open(id) {
  Object.assign(state, { channel: channelById(id), thread: "", tab: "messages" });
  await draw();
  byId("compose").querySelector("textarea").focus();
}

async function openThread(ts) {
  state.thread = ts;
  await draw();
}

async function become(name) {
  state.me = name;
  if (!isMine(state.channel)) state.channel = find("general");
  await draw();
}

async function refresh() {
  // Redrawing under an open menu would close it in the person's face.
  if (document.querySelector("details.overflow[open]")) return setTimeout(refresh, 300);
  await refreshAbout();
  state.channel = channelById(state.channel.id) || find("general");
  return draw();
}

async function draw() {
  rememberPlace();
  const { id } = state.channel;
  try {
    const [top, open, thread] = await Promise.all([
      get(`channels/${id}/messages`, { user: state.me }),
      get("views", { user: state.me }),
      state.thread ? get(`channels/${id}/threads/${state.thread}`, { user: state.me }) : null,
    ]);
    if (id !== state.channel.id) return;
    drawSidebar(byId("sidebar"), { open: openChannel, become });
    drawHeader();
    drawMain(top.messages, open.home);
    drawThread(thread);
    drawModal(open.views);
    document.body.dataset.ready = "true";
  } catch (error) {
    toast(`Slack says: ${error.message}`);
  }
}

const openChannel = (id) => open(id);

function drawHeader() {
  const { channel } = state;
  const isDirect = channel.kind === "im";
  const sign = isDirect ? "" : channel.kind === "private" ? "🔒 " : "# ";
  const tab = (name, label) => element("button", {
    class: state.tab === name ? "tab open" : "tab", "aria-pressed": String(state.tab === name),
    onclick: () => chooseTab(name),
  }, label);
  byId("channel-header").replaceChildren(
    element("h2", {}, sign, channelLabel(channel)),
    isDirect ? element("div", { class: "tabs" }, tab("messages", "Messages"), tab("home", "Home"))
      : element("span", { class: "muted" }, `${channel.members.length} members`),
    channel.is_ext_shared ? element("span", { class: "shared" }, "Shared with another company") : "",
    isDirect || channel.has_bot ? "" : inviteButton(channel));
  const label = isDirect ? channelLabel(channel) : `#${channel.name}`;
  byId("compose").querySelector("textarea").placeholder = `Message ${label}`;
}

function inviteButton(channel) {
  const invite = () => attempt("members", { channel: channel.id });
  return element("button", { class: "kit-button small", onclick: invite },
    `Invite ${state.about.bot.real_name}`);
}

async function chooseTab(name) {
  state.tab = name;
  if (name === "home") await attempt("home", { tab: "home" });
  await draw();
}

function drawMain(messages, home) {
  const place = byId("messages");
  const isHome = state.tab === "home" && state.channel.kind === "im";
  byId("compose").hidden = isHome;
  if (!isHome) {
    drawMessages(place, messages, { key: state.channel.id, openThread, empty: beginning() });
    return;
  }
  const act = (part, block, value) => attempt("actions", {
    view_id: home.id, action_id: part.action_id, block_id: block.block_id, value,
  });
  place.dataset.key = "home";
  place.replaceChildren(element("div", { class: "home" },
    home ? blocks(home.blocks, home.id, act) : element("p", { class: "empty" }, "This app shows nothing here yet.")));
}

function beginning() {
  const { channel } = state;
  const bot = state.about.bot.real_name;
  if (channel.kind === "im") return `This is the beginning of your conversation with ${bot}. Type / to see its commands, or send it a file.`;
  const start = `This is the very beginning of #${channel.name}.`;
  return channel.has_bot ? `${start} Type / to see what ${bot} can do, or drop a file here.` : `${start} ${bot} is not in this channel: what is said here does not reach it.`;
}

function drawThread(thread) {
  byId("thread").hidden = !thread;
  document.body.classList.toggle("with-thread", Boolean(thread));
  if (!thread) return;
  byId("thread-place").textContent =
    state.channel.kind === "im" ? channelLabel(state.channel) : `#${state.channel.name}`;
  drawMessages(byId("thread-messages"), thread.messages, {
    key: state.thread, inThread: true, status: thread.status, empty: "This thread is gone.",
  });
}

start();
