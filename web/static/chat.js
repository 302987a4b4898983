// The chat page: one persona at a time, two rooms, one event stream for both.

import { $, $$, button, make } from "./elements.js";
import { unfold } from "./source.js";

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
  }
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
  if (event.kind === "said") return add(room, event.id, bubble(event.sender, event.text, room));
  if (event.kind === "day") return add(room, event.id, make("p", { class: "new-day" }, event.text));
  typing(room, false);
  $$(".choices", room.log).forEach((old) => old.remove()); // their numbers now mean something else
  add(room, event.id, answer(room, event));
  if (narrow.matches && $(".panes").dataset.shown !== room.name) room.news.hidden = false;
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

function bubble(sender, text, room) {
  const mine = sender === persona;
  const who = mine ? "Thầy/cô" : people.get(sender)?.name ?? "Người trong nhóm";
  return make("div", { class: `said ${mine ? "mine" : ""}` },
    make("span", { class: room.name === "group" && !mine ? "who" : "sr" }, `${who}: `), make("p", {}, text));
}

function answer(room, { text, choices, sources }) {
  const element = make("div", { class: "said bot" },
    make("span", { class: room.name === "group" ? "who" : "sr" }, "Nhắc Việc: "), make("p", {}, text));
  if (sources.length) element.append(unfold(sources, text));
  if (choices.length) {
    element.append(make("div", { class: "choices", role: "group", "aria-label": "Chọn một" },
      ...choices.map(({ label, value }) => button("choice", label, () => {
        room.text.focus({ preventScroll: true }); // the buttons go away
        say(room, label, value);
      }))));
  }
  return element;
}

function typing(room, on) {
  room.typing.hidden = !on;
  clearTimeout(room.timer);
  if (on) room.timer = setTimeout(() => typing(room, false), 8000);
}

// ---- what is said

function say(room, text, choice = "") {
  const id = newId();
  const element = bubble(persona, text, room);
  element.classList.add("unsent");
  add(room, id, element);
  post(element, { id, persona, room: room.name, unit: people.get(persona).unit, text, choice });
}

async function post(element, message) {
  const ok = await sent("/chat/messages", message);
  element.classList.toggle("unsent", !ok);
  if (ok) return;
  const again = button("link", "Gửi lại", () => { note.remove(); post(element, message); }); // with the same id
  const note = make("p", { class: "failed" }, "Chưa gửi được. ", again);
  element.append(note);
}

async function sent(address, values) {
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(values) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function newId() { // crypto.randomUUID needs a secure origin; the demo may be opened from a phone over plain HTTP
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

for (const room of Object.values(rooms)) {
  room.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = room.text.value.trim();
    if (!text || !persona) return room.text.focus();
    room.text.value = "";
    grow(room.text);
    say(room, text);
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

// ---- the clock

async function move(values) {
  const moved = await sent("/chat/clock", values);
  tell(moved ? `Bây giờ là ${moved.text}.` : "Chưa đổi được ngày: chỉ tua tới, không lùi lại.", 5000);
  if (moved) setDay(moved);
}

function setDay({ day, text }) {
  if (day < $("#day").dateTime) return;
  $("#day").dateTime = day;
  $("#to-day").min = new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10); // the day after
  const [year, month, date] = day.split("-").map(Number);
  $("#day .long").textContent = text;
  $("#day .short").textContent = `${text.split(",")[0]}, ${date}/${month}/${year}`;
}

$("#clock-moves").addEventListener("submit", (event) => {
  event.preventDefault();
  move({ to: $("#to-day").value });
});
for (const step of $$("[data-days]")) {
  step.addEventListener("click", () => move({ days: Number(step.dataset.days) }));
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

if (people.has(remembered())) {
  become(remembered());
  fold($("#who-button"), true);
}
