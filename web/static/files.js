// Photos and files as they look: small pictures that open whole, other files by name and size.

import { make } from "./elements.js";

const SIDE = 160; // pixels of a preview; it is shown smaller
const PICTURE = /\.(jpe?g|png|gif|webp|heic|heif|bmp)$/i;

export const isPicture = (name) => PICTURE.test(name);

// 35 kB; 1,2 MB; as the bot says it
export function size(count) {
  if (count < 1000) return `${count} byte`;
  if (count < 999_500) return `${Math.round(count / 1000)} kB`;
  const number = count / 1e6;
  return `${number.toFixed(number < 99.95 ? 1 : 0).replace(".", ",")} MB`;
}

// Files of a message: { name, size, address, picture, preview? }; without an address they are only named.
export function gallery(files) {
  return make("ul", { class: `files ${files.length === 1 ? "single" : ""}` }, ...files.map((one) =>
    make("li", { class: one.picture ? "picture" : "file" }, one.picture ? picture(one) : plain(one))));
}

function picture(one) {
  if (one.preview) return linked(one, one.preview);
  if (!one.address) return plain(one);
  const image = make("img", {
    src: one.address, alt: `Ảnh ${one.name}`, width: SIDE, height: SIDE, loading: "lazy", decoding: "async",
    onerror: ({ target }) => { // a kind that this browser cannot show, or an address that has ended
      target.closest("li").className = "file";
      target.parentElement.replaceWith(plain(one));
    },
  });
  return linked(one, image);
}

const plain = (one) => linked(one, make("span", { class: "name" }, one.name), " ", make("span", { class: "size" }, size(one.size)));

function linked(one, ...shown) {
  const where = one.address ? { href: one.address, target: "_blank", rel: "noopener" } : {};
  return make("a", where, ...shown, ...(one.address ? [make("span", { class: "sr" }, " (mở trong thẻ mới)")] : []));
}

// A small picture of a chosen file, drawn here a moment later: nothing need be loaded, and a phone keeps only the small
// one. `failed` is called where this browser cannot show it.
export function preview(file, name, failed) {
  const canvas = make("canvas", { width: SIDE, height: SIDE, role: "img", "aria-label": `Ảnh ${name}` });
  createImageBitmap(file).then((whole) => {
    const side = Math.min(whole.width, whole.height);
    const [left, top] = [(whole.width - side) / 2, (whole.height - side) / 2];
    canvas.getContext("2d").drawImage(whole, left, top, side, side, 0, 0, SIDE, SIDE);
    whole.close();
  }).catch(() => {
    failed();
    canvas.replaceWith(...(canvas.closest(".tray") ? [] : [name])); // in the tray its name stands beside it
  });
  return canvas;
}
