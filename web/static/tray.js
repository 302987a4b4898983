// What goes with the next message of a room: chosen files, and the message of the bot that it answers.

import { $, button, make } from "./elements.js";
import { isPicture, preview, size } from "./files.js";
import { newId } from "./post.js";

// `tell` shows a sentence for a while. Gives { files, replyTo, add, answer, take, clear, enable }.
export function tray(pane, tell) {
  const list = $(".tray", pane), strip = $(".quoting", pane), text = $("textarea", pane);
  const input = $("input[type=file]", pane), attach = $(".attach", pane), said = $("[data-said]", pane);
  const asked = text.placeholder;
  const held = { files: [], replyTo: "" };

  function show() {
    list.hidden = !held.files.length;
    strip.hidden = !held.replyTo;
    pane.classList.toggle("preparing", Boolean(held.files.length || held.replyTo));
    text.placeholder = held.files.length ? "Lời kèm, nếu cần" : held.replyTo ? "Viết câu trả lời…" : asked;
  }

  async function add(files) {
    const names = [];
    for (const file of files) {
      const fault = refused(file);
      if (fault) { tell(fault, 8000); continue; }
      const one = { id: newId(), file, name: file.name || "tệp" };
      held.files.push(one);
      list.append(row(one));
      names.push(one.name);
    }
    show();
    if (!names.length) return;
    said.textContent = `Đã thêm ${names.join(", ")}. Có ${held.files.length} tệp sẽ gửi.`;
    list.lastElementChild.scrollIntoView({ block: "nearest" });
  }

  function refused(file) {
    const { most, biggest } = $(".panes").dataset;
    if (held.files.length >= most) return `Mỗi tin gửi được ${most} tệp. Thầy/cô gửi tin này rồi gửi tiếp.`;
    if (!file.size) return `${file.name} không có gì bên trong, nên chưa thêm.`;
    return file.size > biggest ? `${file.name} lớn hơn ${size(biggest)}. Thầy/cô nhắn /nop để lấy liên kết gửi tệp lớn.` : "";
  }

  function row(one) {
    const name = make("span", { class: "about" }, make("span", { class: "name" }, one.name), make("span", { class: "size" }, size(one.file.size)));
    const away = button("away", "✕", () => remove(one, item));
    away.setAttribute("aria-label", `Bỏ ${one.name}`);
    const item = make("li", {}, name, away);
    if (isPicture(one.name)) {
      one.preview = preview(one.file, one.name, () => { one.preview = null; });
      item.prepend(one.preview);
    }
    return item;
  }

  function remove(one, item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    held.files.splice(held.files.indexOf(one), 1);
    item.remove();
    show();
    said.textContent = `Đã bỏ ${one.name}.`;
    (next ? $(".away", next) : attach).focus();
  }

  function answer(id, words) {
    held.replyTo = id;
    $("[data-quoted]", strip).textContent = words;
    said.textContent = `Đang trả lời: ${words}`;
    show();
    text.focus();
  }

  function cancel() {
    held.replyTo = "";
    said.textContent = "Đã bỏ trả lời.";
    show();
    text.focus();
  }

  // What there is, to be sent now; then nothing is left here.
  function take() {
    const taken = { files: held.files, replyTo: held.replyTo };
    clear();
    return taken;
  }

  function clear() {
    Object.assign(held, { files: [], replyTo: "" });
    list.replaceChildren();
    said.textContent = "";
    show();
  }

  attach.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = ""; // the same file can be chosen again
    text.focus({ preventScroll: true });
  });
  $("[data-unquote]", strip).addEventListener("click", cancel);
  pane.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Escape" && !isComposing && held.replyTo) cancel();
  });
  text.addEventListener("paste", (event) => { // from Word come words with a picture of them: then the words are meant
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    add([...files]);
  });
  dropping(pane, attach, (files) => add(files));

  return { held, add, answer, take, clear, enable: () => { attach.disabled = false; } };
}

function dropping(pane, attach, add) {
  const over = (on) => pane.classList.toggle("dropping", on);
  const hasFiles = (event) => event.dataTransfer.types.includes("Files");
  pane.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(!attach.disabled);
  });
  pane.addEventListener("dragleave", (event) => { if (!pane.contains(event.relatedTarget)) over(false); });
  pane.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(false);
    if (!attach.disabled) add([...event.dataTransfer.files]);
  });
}
