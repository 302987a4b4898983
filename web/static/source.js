// The document behind an answer, in a dialog, with the quoted words marked.

import { $, make } from "./elements.js";

export async function open({ document: id, passage, quote }) {
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
  const lines = passages.map((passage) => {
    const row = passage.row ? [make("span", { class: "row" }, passage.row.split("/").at(-1))] : [];
    const text = passage.cited ? marked(passage.text, quote) : [plain(passage.text)];
    return make("p", { class: `${passage.cited ? "cited" : ""} ${passage.heading ? "heading" : ""}` }, ...row, ...text);
  });
  const cut = make("p", { class: "cut" }, "… ", make("span", { class: "sr" }, "còn nữa"));
  return [...(before ? [cut.cloneNode(true)] : []), ...lines, ...(after ? [cut] : [])];
}

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
