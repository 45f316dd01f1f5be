// Files in messages: a preview where the browser can show one, else a card with name and size.

import { element, picture } from "./dom.js";

const ICONS = { pdf: "PDF", csv: "CSV", docx: "DOC", xlsx: "XLS", zip: "ZIP", json: "{ }" };
const COLOURS = { pdf: "red", csv: "green", xlsx: "green", docx: "blue", zip: "grey" };

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["kB", "MB", "GB"];
  const power = Math.min(units.length, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** power).toFixed(bytes / 1024 ** power < 10 ? 1 : 0)} ${units[power - 1]}`;
}

export function files(list) {
  return element("div", { class: "files" }, list.map(one));
}

function one(file) {
  if (file.mode === "tombstone") {
    return element("div", { class: "file-card muted" }, "This file was deleted.");
  }
  const route = `/local/files/${encodeURIComponent(file.id)}`;
  const kind = (file.mimetype || "").split("/")[0];
  if (file.is_external) return card(file, null);
  if (kind === "image" && file.filetype !== "svg") {
    const alt = file.alt_txt || file.title || file.name;
    return element("figure", { class: "file-image" }, caption(file, route),
      picture({ src: route, alt, loading: "lazy" }));
  }
  if (kind === "audio") {
    return element("div", { class: "file-audio" }, caption(file, route),
      element("audio", { controls: true, preload: "metadata", src: route }));
  }
  return card(file, route);
}

function caption(file, route) {
  return element("figcaption", {}, element("a", { href: `${route}?download=1` }, file.title || file.name),
    element("span", { class: "muted" }, ` ${size(file.size)}`));
}

function card(file, route) {
  const icon = element("span", { class: `file-icon ${COLOURS[file.filetype] || "grey"}` },
    ICONS[file.filetype] || (file.filetype || "file").slice(0, 4).toUpperCase());
  const about = element("span", { class: "file-about" },
    element("strong", {}, file.title || file.name),
    element("span", { class: "muted" },
      file.is_external ? "External file" : `${file.pretty_type} · ${size(file.size)}`));
  if (!route) return element("div", { class: "file-card" }, icon, about);
  return element("a", {
    class: "file-card", href: `${route}?download=1`, title: `Download ${file.name}`,
  }, icon, about, element("span", { class: "file-download", "aria-hidden": "true" }, "⤓"));
}
