// The demo's clock: what day it is, and moving it forward.

import { $, $$ } from "./elements.js";
import { sent } from "./post.js";

export function setDay({ day, text }) {
  if (day < $("#day").dateTime) return;
  $("#day").dateTime = day;
  $("#to-day").min = new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10); // the day after
  const [year, month, date] = day.split("-").map(Number);
  $("#day .long").textContent = text;
  $("#day .short").textContent = `${text.split(",")[0]}, ${date}/${month}/${year}`;
}

export function startClock(tell) {
  const move = async (values) => {
    const moved = await sent("/chat/clock", values);
    tell(moved ? `Bây giờ là ${moved.text}.` : "Chưa đổi được ngày: chỉ tua tới, không lùi lại.", 5000);
    if (moved) setDay(moved);
  };
  $("#clock-moves").addEventListener("submit", (event) => {
    event.preventDefault();
    move({ to: $("#to-day").value });
  });
  for (const step of $$("[data-days]")) {
    step.addEventListener("click", () => move({ days: Number(step.dataset.days) }));
  }
}
