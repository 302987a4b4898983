// Messages as they stand in a conversation.

import { $, button, make } from "./elements.js";
import { gallery, isPicture } from "./files.js";
import { unfold } from "./source.js";

const WORDS = 80; // characters of a message where it is only referred to

// Somebody's own message: { text, files, reply_to }; files as `gallery` shows them.
export function bubble(room, { who, mine, text, files, replyTo }) {
  const element = make("div", { class: `said ${mine ? "mine" : ""}` }, speaker(room, who, !mine), ...quoted(room, replyTo));
  if (files.length) element.append(gallery(files));
  if (text) element.append(make("p", {}, text));
  return element;
}

// The bot's: what `tap` and `reply` do is the page's matter.
export function answer(room, { id, text, choices, sources, files, reply_to: replyTo }, { tap, reply }) {
  const right = $(`:scope > [data-id="${CSS.escape(replyTo)}"]:last-child`, room.log); // above: one sees what is answered
  const element = make("div", { class: "said bot" }, speaker(room, "Nhắc Việc", true), ...(right ? [] : quoted(room, replyTo)), make("p", {}, ...linked(text)));
  if (files.length) element.append(gallery(files));
  if (sources.length) element.append(unfold(sources, text));
  const foot = make("div", { class: "foot" });
  if (choices.length) {
    foot.append(make("div", { class: "choices", role: "group", "aria-label": "Chọn một" }, ...choices.map(({ label, value }) => {
      const choice = button("choice", label, () => tap(label, value));
      choice.dataset.value = value;
      return choice;
    })));
  }
  const back = button("reply", "Trả lời", () => reply(id, shortened(text)));
  back.setAttribute("aria-label", `Trả lời tin: ${shortened(text)}`);
  foot.append(back);
  element.append(foot);
  return element;
}

// The choices of which one was taken: they are done with.
export function close(room, value) {
  if (value) $(`.choice[data-value="${CSS.escape(value)}"]`, room.log)?.parentElement.remove();
}

export const kept = (file) => ({ ...file, address: `/chat/files/${file.id}`, picture: isPicture(file.name) });

const speaker = (room, name, shown) => make("span", { class: room.name === "group" && shown ? "who" : "sr" }, `${name}: `);

function quoted(room, id) {
  const element = id && $(`[data-id="${CSS.escape(id)}"]`, room.log);
  if (!element) return [];
  const words = $(":scope > p", element)?.textContent ?? "ảnh, tệp";
  return [make("div", { class: "quote" }, make("span", { class: "sr" }, "Trả lời tin: "), shortened(words))];
}

// Addresses in what the bot says can be opened.
const linked = (text) => text.split(/(https?:\/\/[^\s<>"]+[^\s<>").,;:!?])/).map((part, at) =>
  (at % 2 ? make("a", { href: part, target: "_blank", rel: "noopener" }, part) : part));

const shortened = (text) => (text.length > WORDS ? `${text.slice(0, WORDS).trimEnd()}…` : text).replace(/\s+/g, " ");
