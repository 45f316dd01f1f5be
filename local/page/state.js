// What the page knows: the workspace, who acts, and which conversation is open.

export const state = {
  about: null,
  me: "ada",
  channel: null,
  thread: "",
  tab: "messages",
};

export const userById = (id) => state.about.users.find((user) => user.id === id);
export const channelById = (id) => state.about.channels.find((channel) => channel.id === id);
export const myself = () => state.about.users.find((user) => user.name === state.me);

export function userName(id) {
  const user = userById(id);
  if (user) return user.is_bot ? user.real_name : user.real_name || user.name;
  return id === "USLACKBOT" ? "Slackbot" : id;
}

export function channelLabel(channel) {
  if (channel.kind !== "im") return channel.name;
  const other = channel.members.find((id) => id !== myself().id);
  return userName(other);
}

export const isMine = (channel) => channel.kind !== "im" || channel.members.includes(myself().id);

export function rememberPlace() {
  const query = new URLSearchParams({ channel: state.channel.id });
  if (state.thread) query.set("thread", state.thread);
  if (state.me !== "ada") query.set("user", state.me);
  history.replaceState(null, "", `/?${query}`);
}
