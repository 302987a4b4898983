// What has changed in chat shows here: the page is asked for again and its main part put in place, unless she is writing.

const main = document.querySelector("main[data-pulse]");
const news = document.querySelector("#news");
let written = false;
let shown = main.innerHTML;  // as the server made it

main.addEventListener("input", () => { written = true; });
new EventSource("/trang-quan-ly/thay-doi").addEventListener("message", ({ data }) => {
  if (data !== main.dataset.pulse) show();
});

async function show() {
  if (written) {
    news.hidden = false;
    return;
  }
  const answer = await fetch(location.href);
  if (!answer.ok) {
    location.reload();
    return;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (written || !next) return;
  main.dataset.pulse = next.dataset.pulse;
  if (next.innerHTML === shown) return;  // what changed is not on this page
  shown = next.innerHTML;
  const kept = state();
  main.replaceChildren(...next.childNodes);
  restore(kept);
  document.dispatchEvent(new Event("changed"));
}

// Where she was: what is unfolded, how far it is scrolled, what has the focus.
function state() {
  const active = document.activeElement;
  return {
    open: [...main.querySelectorAll("details")].map((one) => one.open),
    scrolled: [...main.querySelectorAll(".scroll")].map((one) => [one.scrollLeft, one.scrollTop]),
    focus: main.contains(active) ? focusable().indexOf(active) : -1,
  };
}

function restore({ open, scrolled, focus }) {
  main.querySelectorAll("details").forEach((one, at) => { one.open = open[at] ?? one.open; });
  main.querySelectorAll(".scroll").forEach((one, at) => one.scrollTo(...(scrolled[at] ?? [0, 0])));
  focusable()[focus]?.focus({ preventScroll: true });
}

const focusable = () => [...main.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
