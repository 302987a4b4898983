// While she writes and ticks, the preview follows; it works without, by the button. Her words stay on this page until then.

const WAIT = 300; // milliseconds without a change
const form = () => document.querySelector("form.write");
const shown = () => document.querySelector("#sap-gui");
let timer = 0;
let asked = 0;

document.addEventListener("input", changed);
document.addEventListener("changed", begin);
begin();

function begin() {
  const search = document.querySelector("#tim");
  if (search) search.hidden = false;
}

function changed({ target }) {
  if (!form()?.contains(target)) return;
  if (target.type === "search") {
    find(target.value);
    return;
  }
  if (target.closest(".way")) target.closest(".way").previousElementSibling.querySelector("input").checked = true;
  if (target.name === "chu") fill();
  clearTimeout(timer);
  timer = setTimeout(count, WAIT);
}

async function count() {
  const mine = ++asked;
  const fields = new FormData(form());
  const words = fields.get("chu").trim();
  for (const name of ["chu", "form", "noi", "lam"]) fields.delete(name);
  fields.set("dai", words.length);
  const answer = await fetch(`${shown().dataset.count}?${new URLSearchParams(fields)}`);
  if (!answer.ok) return;
  const { preview } = await answer.json();
  if (mine !== asked) return;
  shown().innerHTML = preview;
  fill();
}

function fill() {
  const words = form().elements.chu.value.trim();
  for (const one of shown().querySelectorAll("[data-words]")) one.textContent = words;
}

// By names without marks, as people type.
function find(said) {
  const wanted = plain(said);
  for (const branch of document.querySelectorAll(".branch")) {
    const units = [...branch.querySelectorAll("label")];
    for (const unit of units) unit.hidden = !plain(unit.textContent).includes(wanted);
    branch.hidden = units.every((unit) => unit.hidden);
    if (wanted) branch.open = true;
  }
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
