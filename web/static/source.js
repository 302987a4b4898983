// The sources of an answer: unfolded beneath it, and each in its document, with the quoted words marked.

import { $, button, make } from "./elements.js";

export function unfold(sources, text) {
  const named = text.includes(sources[0].label) ? "Xem câu gốc" : `Nguồn: ${sources[0].label}`; // not said twice
  const title = sources.length > 1 ? `Nguồn (${sources.length})` : named;
  const show = ({ target }) => target.open && target.scrollIntoView({ block: "nearest" });
  const list = sources.length > 1 ? byDocument(sources).flatMap(group) : sources.map((source) => one(source));
  return make("details", { class: "sources", ontoggle: show }, make("summary", {}, title), make("ol", {}, ...list));
}

function byDocument(sources) {
  const found = new Map();
  for (const source of sources) found.set(source.document, [...(found.get(source.document) ?? []), source]);
  return [...found.values()];
}

// A document is named once; each of its quotes has only its own place.
function group(sources) {
  const labels = sources.map(({ label }) => label.split(", "));
  const differs = labels[0].findIndex((part, at) => labels.some((label) => label[at] !== part));
  const shared = differs < 0 || sources.length === 1 ? labels[0].length : differs;
  return sources.map((source, at) =>
    one(source, at ? "" : labels[0].slice(0, shared).join(", "), labels[at].slice(shared).join(", ")));
}

function one(source, label = "", place = "") {
  return make("li", {},
    label && make("span", { class: "label" }, label),
    make("blockquote", {}, source.quote),
    make("div", { class: "place" }, place && make("span", {}, `${place} · `), opener(source)));
}

function opener(source) {
  const see = button("link", "Xem trong văn bản", () => open(source));
  see.append(make("span", { class: "sr" }, `: ${source.label}`)); // tells it from the other sources' buttons
  return see;
}

async function open({ document: id, passage, quote }) {
  const response = await fetch(`/chat/source/${id}/${passage}`).catch(() => null);
  const dialog = $("#source");
  const found = response?.ok ? await response.json() : null;
  $("#source-title").textContent = found ? found.title : "Chưa mở được văn bản";
  $("#source-about").textContent = found ? [found.number, found.issuer].filter(Boolean).join(" · ") : "";
  $("#source-text").replaceChildren(...(found ? paper(found, quote) : [make("p", {}, "Thầy/cô thử lại sau ít phút.")]));
  dialog.showModal();
  $("#source-title").focus({ preventScroll: true });
  $(".cited", dialog)?.scrollIntoView({ block: "center" });
}

function paper({ passages, before, after }, quote) {
  let month = "";
  const lines = passages.flatMap((passage) => {
    const row = passage.row ? [make("span", { class: "row" }, passage.row.split("/").at(-1))] : [];
    const text = passage.cited ? marked(passage.text, quote) : [plain(passage.text)];
    const line = make("p", { class: `${passage.cited ? "cited" : ""} ${passage.heading ? "heading" : ""}` }, ...row, ...text);
    const was = month;
    month = monthOf(passage.row) || was;
    return month === was ? [line] : [make("p", { class: "heading month" }, `Tháng ${month}`), line];
  });
  const cut = make("p", { class: "cut" }, "… ", make("span", { class: "sr" }, "còn nữa"));
  return [...(before ? [cut.cloneNode(true)] : []), ...lines, ...(after ? [cut] : [])];
}

// "12/2023/1", row 1 of a month's block -> "12/2023": the block's own words stand in a cell beside its rows
const monthOf = (row) => row.split("/").slice(0, -1).join("/");

function marked(text, quote) {
  const at = text.indexOf(quote);
  if (!quote || at < 0) return [make("mark", {}, plain(text))];
  return [plain(text.slice(0, at)), make("mark", {}, plain(quote)), plain(text.slice(at + quote.length))];
}

// Some papers were received with tags in their cells; here they are only in the way.
const plain = (text) => text.replace(/<\/?(?:p|ul|ol|li|i|b|u|em|strong|br|span|div)\b[^>]*>/gi, "");

$("#source").addEventListener("click", ({ target, currentTarget }) => {
  if (target === currentTarget || target.closest("[data-close]")) currentTarget.close();
});
