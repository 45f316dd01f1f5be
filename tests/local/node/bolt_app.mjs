// A small Bolt for JavaScript app: node bolt_app.mjs API_URL [HTTP_PORT]

import bolt from "@slack/bolt";

const [apiUrl, port] = process.argv.slice(2);
const common = {
  token: "xoxb-local-bot-token",
  clientOptions: { slackApiUrl: apiUrl },
  logLevel: "error",
};
const app = port
  ? new bolt.App({ ...common, signingSecret: "local-signing-secret" })
  : new bolt.App({ ...common, appToken: "xapp-local-app-token", socketMode: true });

const plain = (text) => ({ type: "plain_text", text });

app.command("/sentiment", async ({ ack, body, client, respond }) => {
  await ack();
  const parent = await client.chat.postMessage({
    channel: body.channel_id,
    text: `*/sentiment*: ${body.text}`,
    metadata: { event_type: "job", event_payload: { key: "k1" } },
  });
  await client.chat.postMessage({ channel: body.channel_id, thread_ts: parent.ts, text: "positive" });
  await respond("see the thread");
});

app.command("/form", async ({ ack, body, client }) => {
  await ack();
  const element = { type: "plain_text_input", action_id: "name" };
  const blocks = [{ type: "input", block_id: "who", label: plain("Name"), element }];
  const view = { type: "modal", callback_id: "form", title: plain("Form"), submit: plain("Go"), blocks };
  await client.views.open({ trigger_id: body.trigger_id, view });
});

app.view("form", async ({ ack, body, client, view }) => {
  const name = view.state.values.who.name.value;
  if (name.length < 3) return ack({ response_action: "errors", errors: { who: "too short" } });
  await ack();
  return client.chat.postMessage({ channel: body.user.id, text: `hello ${name}` });
});

app.event("app_mention", async ({ event, say }) => {
  const button = { type: "button", action_id: "press", text: plain("Press"), value: "v" };
  await say({ thread_ts: event.ts, text: "pong", blocks: [{ type: "actions", elements: [button] }] });
});

app.action("press", async ({ ack, respond }) => {
  await ack();
  await respond({ replace_original: true, text: "pressed" });
});

app.shortcut("look", async ({ ack, shortcut, client }) => {
  await ack();
  const { channel, message } = shortcut;
  await client.reactions.add({ channel: channel.id, timestamp: message.ts, name: "eyes" });
});

app.event("file_shared", async ({ event, client }) => {
  const { file } = await client.files.info({ file: event.file_id });
  if (file.user === (await client.auth.test()).user_id) return;
  const answer = await fetch(file.url_private_download, {
    headers: { Authorization: "Bearer xoxb-local-bot-token" },
  });
  const text = (await answer.text()).toUpperCase();
  await client.filesUploadV2({
    channel_id: event.channel_id,
    thread_ts: file.shares.public[event.channel_id][0].ts,
    filename: "loud.txt",
    content: text,
  });
});

await app.start(port ? Number(port) : undefined);
console.log("ready");
