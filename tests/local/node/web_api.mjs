// Calls through @slack/web-api, reported as one JSON object: node web_api.mjs API_URL CHANNEL

import { WebClient } from "@slack/web-api";

const [slackApiUrl, channel] = process.argv.slice(2);
const client = new WebClient("xoxb-local-bot-token", { slackApiUrl, logLevel: "error" });
const report = {};

report.user = (await client.auth.test()).user_id;
report.first = (await client.chat.postMessage({ channel, text: "one" })).ts;
const blocks = [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } }];
try {
  await client.chat.postMessage({ channel, text: "long", blocks });
} catch (error) {
  report.refusal = error.data.error;
  report.complaint = error.data.response_metadata.messages[0];
}
report.members = [];
for await (const page of client.paginate("users.list", { limit: 1 })) {
  report.members.push(page.members[0].name);
}
const uploaded = await client.filesUploadV2({ channel_id: channel, filename: "a.txt", content: "abc" });
report.file = uploaded.files[0].files[0].name;
const start = Date.now();
await Promise.all(["two", "three"].map((text) => client.chat.postMessage({ channel, text })));
report.waited = Date.now() - start;
console.log(JSON.stringify(report));
