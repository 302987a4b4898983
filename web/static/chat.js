// The chat page: one persona at a time, two rooms, one event stream for both.

import { setDay, startClock } from "./clock.js";
import { startDoor } from "./door.js";
import { $, $$, button, make } from "./elements.js";
import { newId, sent, uploaded } from "./post.js";
import { answer, bubble, close, kept } from "./talk.js";
import { tray } from "./tray.js";

const narrow = window.matchMedia("(max-width: 1119px)");
const rooms = Object.fromEntries($$(".pane").map((pane) => [pane.dataset.room, room(pane)]));
const people = new Map($$("input[name=persona]").map((input) => [input.value, input.dataset]));
let persona = "";
let stream = null;
let last = ""; // the id of the last event, so that a broken stream goes on from there

function room(pane) {
  return {
    name: pane.dataset.room, pane,
    log: $(".log", pane), empty: $("[data-empty]", pane), typing: $(".typing span", pane),
    chips: $(".chips", pane), form: $(".write", pane), text: $("textarea", pane), send: $(".send", pane),
    news: $(`[data-show=${pane.dataset.room}] .news`), shown: new Set(), timer: 0,
    tray: tray(pane, tell),
  };
}

const roomOf = (chat) => (chat.startsWith("g:") ? rooms.group : rooms.private);

// ---- who is asking

function become(id) {
  const chosen = people.get(id);
  if (!chosen) return;
  persona = id;
  last = "";
  remembered(id);
  $(`input[name=persona][value="${CSS.escape(id)}"]`).checked = true;
  $("#who-ask").className = "sr"; // the name says it
  $("#who-now").textContent = `${chosen.name} · ${chosen.role}, ${chosen.unitName}`;
  $("#group-title").textContent = `Nhóm ${chosen.unitName}`;
  for (const room of Object.values(rooms)) {
    clear(room);
    room.text.disabled = room.send.disabled = false;
    room.tray.enable();
  }
  $("[data-door='']").disabled = false;
  $("[data-hint]").textContent = "Thầy/cô gõ câu hỏi, hoặc chạm một câu gợi ý bên dưới.";
  offer(chosen);
  listen();
}

function clear(room) {
  $$(".log > :not([data-empty])", room.pane).forEach((element) => element.remove());
  room.shown.clear();
  room.log.setAttribute("aria-live", "off"); // the old messages that come now are not read out
  room.empty.hidden = false;
  room.typing.hidden = true;
  room.news.hidden = true;
  room.tray.clear();
}

function offer(chosen) {
  const questions = JSON.parse(chosen.questions);
  const chip = (room, text) => button("chip", text, () => say(room, text));
  rooms.private.chips.replaceChildren(...questions.map((text) => chip(rooms.private, text)));
  rooms.group.chips.replaceChildren(
    chip(rooms.group, `@Nhắc Việc ${questions[0]}`), chip(rooms.group, "/thangnay"));
}

function remembered(id) { // storage may be forbidden: then the page asks again next time
  try {
    if (id) localStorage.setItem("persona", id);
    return localStorage.getItem("persona");
  } catch {
    return null;
  }
}

// ---- what arrives

function listen() {
  stream?.close();
  const mine = new EventSource(`/chat/events?${new URLSearchParams({ persona, after: last })}`);
  stream = mine;
  mine.onopen = () => {
    tell("");
    setTimeout(() => $$(".log").forEach((log) => log.setAttribute("aria-live", "polite")), 800);
  };
  mine.onmessage = ({ data, lastEventId }) => {
    last = lastEventId || last;
    arrive(JSON.parse(data));
  };
  mine.onerror = () => {
    if (mine !== stream) return;
    tell("Mất kết nối, đang nối lại…");
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => mine === stream && listen(), 2000);
  };
}

function tell(text, until = 0) {
  $("#line").textContent = text;
  if (until) setTimeout(() => $("#line").textContent === text && tell(""), until);
}

function arrive(event) {
  const room = roomOf(event.chat);
  if (event.kind === "typing") return typing(room, true);
  if (event.kind === "day") setDay(event);
  if (room.shown.has(event.id)) return $(`[data-id="${CSS.escape(event.id)}"]`, room.log)?.classList.remove("unsent");
  if (event.kind === "said") return said(room, event);
  if (event.kind === "day") return add(room, event.id, make("p", { class: "new-day" }, event.text));
  typing(room, false);
  add(room, event.id, answer(room, event, {
    tap: (label, value) => {
      room.text.focus({ preventScroll: true }); // the buttons go away
      say(room, label, { choice: value });
    },
    reply: room.tray.answer,
  }));
  if (narrow.matches && $(".panes").dataset.shown !== room.name) room.news.hidden = false;
}

function said(room, { id, sender, text, choice, files, reply_to: replyTo }) {
  const mine = sender === persona;
  const who = mine ? "Thầy/cô" : people.get(sender)?.name ?? "Người trong nhóm";
  close(room, choice);
  add(room, id, bubble(room, { who, mine, text, files: files.map(kept), replyTo }));
}

function add(room, id, element) {
  const follow = room.log.scrollHeight - room.log.scrollTop - room.log.clientHeight < 120;
  room.empty.hidden = true;
  room.shown.add(id);
  element.dataset.id = id;
  room.log.append(element);
  if (element.classList.contains("bot") && element.offsetHeight > room.log.clientHeight) {
    room.log.scrollTop = element.offsetTop - 12; // a long answer is read from its beginning
  } else if (follow || element.classList.contains("mine")) {
    room.log.scrollTop = room.log.scrollHeight;
  }
}

function typing(room, on) {
  room.typing.hidden = !on;
  clearTimeout(room.timer);
  if (on) room.timer = setTimeout(() => typing(room, false), 8000);
}

// ---- what is said

function say(room, text, { choice = "", files = [], replyTo = "" } = {}) {
  const id = newId();
  const shown = files.map((one) => ({ ...one, size: one.file.size, picture: Boolean(one.preview) }));
  const element = bubble(room, { who: "Thầy/cô", mine: true, text, files: shown, replyTo });
  close(room, choice);
  add(room, id, element);
  const unit = people.get(persona).unit;
  post(room, element, { id, persona, room: room.name, unit, text, choice, reply_to: replyTo }, files);
}

async function post(room, element, message, files) {
  element.classList.add("unsent");
  const bar = make("progress", { max: 1, value: 0, "aria-label": "Đang gửi tệp" });
  if (files.length) element.append(bar);
  const whole = await uploaded(files, message.persona, (share) => { bar.value = share; });
  const ok = whole && await sent("/chat/messages", { ...message, files: files.map((one) => one.kept) });
  bar.remove();
  element.classList.toggle("unsent", !ok);
  if (ok) return $$(".files a", element).forEach((link, at) => openable(link, files[at]));
  const again = button("link", "Gửi lại", () => { // with the same id
    note.remove();
    room.log.focus({ preventScroll: true });
    post(room, element, message, files);
  });
  const note = make("p", { class: "failed" }, "Chưa gửi được. ", again);
  element.append(note);
}

function openable(link, file) {
  Object.assign(link, { href: kept(file).address, target: "_blank", rel: "noopener" });
}

for (const room of Object.values(rooms)) {
  room.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = room.text.value.trim();
    if (!(text || room.tray.held.files.length) || !persona) return room.text.focus();
    room.text.value = "";
    grow(room.text);
    say(room, text, room.tray.take());
  });
  room.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return; // Telex composes
    event.preventDefault();
    room.form.requestSubmit();
  });
  room.text.addEventListener("input", () => grow(room.text));
}

function grow(text) {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 140)}px`;
}

// ---- smaller screens: folds and the switch between the panes

function fold(opener, shut) {
  $(`#${opener.dataset.fold}`).classList.toggle("open", !shut);
  opener.setAttribute("aria-expanded", !shut);
}

for (const one of $$("[data-fold]")) {
  one.addEventListener("click", () => fold(one, one.getAttribute("aria-expanded") === "true"));
}

$$("[data-show]").forEach((one) => one.addEventListener("click", () => {
  $(".panes").dataset.shown = one.dataset.show;
  $$("[data-show]").forEach((other) => other.setAttribute("aria-pressed", other === one));
  const room = rooms[one.dataset.show];
  room.news.hidden = true;
  room.log.scrollTop = room.log.scrollHeight;
}));

$$("input[name=persona]").forEach((input) => {
  input.addEventListener("change", () => become(input.value));
  input.addEventListener("click", (event) => { // arrow keys click too, with detail 0: they are still choosing
    if (event.detail > 0) fold($("#who-button"), true);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && persona) { fold($("#who-button"), true); $("#private-text").focus(); }
  });
});

startClock(tell);
startDoor(() => persona, tell);

if (people.has(remembered())) {
  become(remembered());
  fold($("#who-button"), true);
}
