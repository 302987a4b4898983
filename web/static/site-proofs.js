// Keys for who goes through many submissions, unless she has switched them off; ticking a whole page.

const OFF = "nhacviec-phim-tat";
const find = (one) => document.querySelector(one);
const at = (element) => [...document.querySelectorAll(".proofs .what a")].indexOf(element);
let sent = false;

const KEYS = {
  a: () => find("button[data-key=a]")?.click(),
  t: () => find("[data-key=t]")?.focus(),
  h: () => find("[data-key=h]")?.focus(),
  j: () => go("next", 1),
  k: () => go("prev", -1),
  ArrowRight: () => find(".around") && go("next", 1),
  ArrowLeft: () => find(".around") && go("prev", -1),
  x: () => document.activeElement.closest(".proofs li")?.querySelector("input")?.click(),
  "?": () => find("#phim details").toggleAttribute("open"),
};

document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || sent;
  if (busy || isOff() || !Object.hasOwn(KEYS, event.key) || isWriting(event.target) || !find("#phim")) return;
  event.preventDefault();  // else the letter lands in the field that it leads to
  KEYS[event.key]();
});
document.addEventListener("submit", () => { sent = true; });
window.addEventListener("pageshow", () => { sent = false; });

const isWriting = (element) =>
  element.matches("textarea, select, video, audio, [contenteditable], input:not([type=checkbox])");

// On the page of one: the neighbours of the list; in the list: the line above or below.
function go(rel, step) {
  const link = find(`.around a[rel=${rel}]`);
  const lines = document.querySelectorAll(".proofs .what a");
  const line = document.activeElement.closest(".proofs li")?.querySelector(".what a");
  if (find(".around")) link?.click();
  else lines[Math.min(Math.max(at(line) + step, 0), lines.length - 1)]?.focus();
}

function isOff() {
  return localStorage.getItem(OFF) !== null;
}

function dress() {
  const keys = find("#phim");
  if (keys) {
    keys.hidden = false;
    const button = keys.querySelector("button");
    keys.querySelector("details").hidden = isOff();
    button.textContent = isOff() ? button.dataset.on : button.dataset.off;
  }
  const all = find(".all");
  if (all) all.hidden = false;
  count();
}

const boxes = () => [...document.querySelectorAll("input[name=chon]")];

function count() {
  const many = boxes().filter((one) => one.checked).length;
  const shown = find("[data-count]");
  if (shown) shown.textContent = many ? ` (${many})` : "";
  const all = find("[data-all]");
  if (all) all.checked = many > 0 && many === boxes().length;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-all]")) boxes().forEach((one) => { one.checked = target.checked; });
  count();
});
document.addEventListener("click", ({ target }) => {
  if (!target.matches("#phim button")) return;
  if (isOff()) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  dress();
});
document.addEventListener("changed", dress);
// A film that plays is not to begin anew because something changed: site-live.js takes it for writing.
document.addEventListener("play", ({ target }) => target.dispatchEvent(new Event("input", { bubbles: true })), true);
dress();
