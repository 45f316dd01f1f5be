// The control API, as this page uses it.

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || response.statusText);
  return body;
}

export async function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const tail = given.length ? `?${new URLSearchParams(given)}` : "";
  return answer(await fetch(`/local/${path}${tail}`));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const content = JSON.stringify(body);
  return answer(await fetch(`/local/${path}`, { method: "POST", headers, body: content }));
}

export async function send(path, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file);
  return answer(await fetch(`/local/${path}`, { method: "POST", body: form }));
}

// Calls back after changes, several at once counted as one; reconnects by itself.
export function onChange(callback) {
  let pending = null;
  const source = new EventSource("/local/changes");
  const soon = () => {
    if (pending) return;
    pending = setTimeout(() => { pending = null; callback(); }, 40);
  };
  source.onmessage = soon;
  source.onopen = soon;
}
