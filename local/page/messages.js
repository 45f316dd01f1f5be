// Messages: one list for a channel and one for a thread, with what people can do to each message.

import { post } from "./api.js";
import { blocks } from "./blocks.js";
import { element, toast } from "./dom.js";
import { files } from "./files.js";
import { emojiNode, mrkdwn } from "./mrkdwn.js";
import { state, userById, userName } from "./state.js";

const QUICK = ["+1", "tada", "eyes"];
const COLOURS = ["#7c3085", "#1264a3", "#0b7a4b", "#b8520a", "#a3195b", "#3f5b73"];

const when = (ts) => new Date(Number(ts) * 1000);
const clock = (ts) => when(ts).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

// Options: openThread(ts) makes thread footers; it is absent inside a thread.
export function drawMessages(place, messages, options = {}) {
  const wasAtEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
  const isNew = place.dataset.key !== options.key;
  const nodes = [];
  let last = null;
  messages.forEach((message, index) => {
    if (isOtherDay(last, message)) nodes.push(dayMark(message));
    const isFirstReply = options.inThread && index === 1;
    if (isFirstReply) nodes.push(replyMark(messages));
    nodes.push(row(message, isFirstReply ? null : last, options));
    last = message;
  });
  if (options.status) nodes.push(statusLine(options.status));
  if (!messages.length) nodes.push(element("p", { class: "empty" }, options.empty || "No messages yet."));
  place.replaceChildren(...nodes);
  place.dataset.key = options.key;
  if (wasAtEnd || isNew) keepAtEnd(place);
}

function keepAtEnd(place) {
  place.scrollTop = place.scrollHeight;
  for (const image of place.querySelectorAll("img")) {
    image.addEventListener("load", () => { place.scrollTop = place.scrollHeight; }, { once: true });
  }
}

const isOtherDay = (last, message) =>
  !last || when(last.ts).toDateString() !== when(message.ts).toDateString();

function dayMark(message) {
  const isToday = when(message.ts).toDateString() === new Date().toDateString();
  const day = when(message.ts).toLocaleDateString([], { weekday: "long", month: "long", day: "numeric" });
  return element("div", { class: "day", role: "separator" }, element("span", {}, isToday ? "Today" : day));
}

function replyMark(messages) {
  const count = messages.length - 1;
  return element("div", { class: "reply-mark" }, `${count} ${count === 1 ? "reply" : "replies"}`);
}

const statusLine = (status) => element("div", { class: "status", role: "status" },
  element("span", { class: "dots", "aria-hidden": "true" }), `${state.about.bot.real_name} ${status}`);

function row(message, last, options) {
  const isFollowUp = last?.user === message.user && !isOtherDay(last, message)
    && Number(message.ts) - Number(last.ts) < 300 && !message.is_ephemeral
    && !last.is_ephemeral && !last.reply_count && !message.subtype;
  const classes = ["message"];
  if (isFollowUp) classes.push("follow-up");
  if (message.is_ephemeral) classes.push("ephemeral");
  if (message.ts === state.thread && !options.inThread) classes.push("selected");
  return element("article", { class: classes.join(" "), "data-ts": message.ts },
    isFollowUp ? element("time", { class: "side-time" }, clock(message.ts)) : avatar(message.user),
    element("div", { class: "message-body" },
      message.is_ephemeral && element("div", { class: "only-you" }, "👁 Only visible to you"),
      isFollowUp ? null : heading(message),
      content(message), reactions(message),
      !options.inThread && message.reply_count ? threadFooter(message, options) : null),
    toolbar(message, options));
}

export function avatar(userId, small = false) {
  const user = userById(userId);
  const isBot = user?.is_bot;
  const name = userName(userId);
  const made = element("span", { class: small ? "avatar small" : "avatar", "aria-hidden": "true" },
    isBot ? "R" : name[0].toUpperCase());
  const place = [...userId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  made.style.background = isBot ? "linear-gradient(135deg, #611f69, #e01e5a)" : COLOURS[place % COLOURS.length];
  return made;
}

function heading(message) {
  const user = userById(message.user);
  return element("div", { class: "message-head" },
    element("strong", { class: "name" }, message.username || userName(message.user)),
    message.bot_id || user?.is_bot ? element("span", { class: "badge" }, "APP") : null,
    element("time", { datetime: when(message.ts).toISOString() }, clock(message.ts)));
}

function content(message) {
  if (message.subtype === "tombstone") return element("em", { class: "muted" }, message.text);
  const act = (part, block, value) => use(message, part, block, value);
  const hasBlocks = message.blocks?.length;
  return element("div", { class: "content" },
    hasBlocks ? blocks(message.blocks, message.ts, act)
      : message.text ? element("div", { class: "block block-text" }, mrkdwn(message.text)) : null,
    message.edited && !message.bot_id ? element("span", { class: "muted edited" }, "(edited)") : null,
    message.files?.length ? files(message.files) : null,
    (message.attachments || []).map((attachment) => element("div", { class: "attachment" },
      attachment.blocks ? blocks(attachment.blocks, message.ts, act)
        : mrkdwn(attachment.text || attachment.fallback || ""))));
}

async function use(message, part, block, value) {
  await attempt("actions", {
    channel: message.channel, ts: message.ts, action_id: part.action_id,
    block_id: block.block_id, value,
  });
}

export async function attempt(path, body) {
  try {
    const answer = await post(path, { user: state.me, ...body });
    if (answer.ok === false && path !== "commands") toast(`Slack says: ${answer.error}`);
    return answer;
  } catch (error) {
    toast(`Slack says: ${error.message}`);
    return null;
  }
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return element("div", { class: "reactions" }, message.reactions.map((reaction) =>
    element("button", { class: "reaction", onclick: () => react(message, reaction.name) },
      emojiNode(reaction.name), element("span", {}, String(reaction.count)))));
}

const react = (message, name) =>
  attempt("reactions", { channel: message.channel, ts: message.ts, name });

function threadFooter(message, options) {
  const count = message.reply_count;
  return element("button", { class: "thread-footer", onclick: () => options.openThread(message.ts) },
    (message.reply_users || []).slice(0, 4).map((user) => avatar(user, true)),
    element("span", { class: "thread-count" }, `${count} ${count === 1 ? "reply" : "replies"}`),
    element("span", { class: "muted" }, `Last reply ${clock(message.latest_reply)}`));
}

function toolbar(message, options) {
  if (message.is_ephemeral || message.subtype === "tombstone") return null;
  const quick = QUICK.map((name) => element("button", {
    "aria-label": `React with ${name}`, onclick: () => react(message, name),
  }, emojiNode(name)));
  const reply = options.openThread && element("button", {
    "aria-label": "Reply in thread", onclick: () => options.openThread(message.thread_ts || message.ts),
  }, "💬");
  return element("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    quick, reply, menu(message));
}

function menu(message) {
  const run = (shortcut) => attempt("shortcuts", {
    channel: message.channel, ts: message.ts, callback_id: shortcut.callback_id,
  });
  const shortcuts = state.about.shortcuts.filter((shortcut) => shortcut.type === "message");
  const items = shortcuts.map((shortcut) => element("button", { onclick: () => run(shortcut) },
    shortcut.name, element("span", { class: "muted" }, ` ${state.about.bot.real_name}`)));
  items.push(element("button", {
    class: "danger", onclick: () => attempt("deletions", { channel: message.channel, ts: message.ts }),
  }, "Delete message…"));
  // Under the last message there is no room: the list scrolls until the menu is seen.
  const show = (event) => event.target.open && event.target.lastChild.scrollIntoView({ block: "nearest" });
  return element("details", { class: "overflow", ontoggle: show },
    element("summary", { "aria-label": "More actions" }, "⋮"),
    element("div", { class: "menu" }, items));
}
