// Small pictures that senders made. Only what is what it says, of a type that runs nothing, and small when unpacked, is shown.
import { h } from "./dom.js";

const URL_FORM = /^data:image\/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})$/;
const MAX_LENGTH = 512 * 1024;
const MAX_SIDE = 2048;

/** The picture of a `data:` URL, or null when it is none that may be shown. */
export function thumbnail(url) {
  if (!isSafe(url)) return null;
  const image = h("img", { class: "thumbnail", src: url, alt: "", decoding: "async" });
  image.addEventListener("error", () => image.remove());
  return image;
}

export function isSafe(url) {
  if (typeof url !== "string" || url.length > MAX_LENGTH) return false;
  const [, type, text] = URL_FORM.exec(url) ?? [];
  if (!type) return false;
  try {
    const data = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const size = SIZES[type](data, new DataView(data.buffer));
    return size !== null && size.every((side) => side > 0 && side <= MAX_SIDE);
  } catch {
    return false; // No base64, or shorter than its header.
  }
}

// Width and height as the header has them; null when it is not the header of that type.
const SIZES = {
  png: (data, view) => (text(data, 1, 3) === "PNG" && text(data, 12, 4) === "IHDR" ? [view.getUint32(16), view.getUint32(20)] : null),
  gif: (data, view) => (text(data, 0, 4) === "GIF8" ? [view.getUint16(6, true), view.getUint16(8, true)] : null),
  webp(data, view) {
    if (text(data, 0, 4) !== "RIFF" || text(data, 8, 4) !== "WEBP") return null;
    switch (text(data, 12, 4)) {
      case "VP8 ": return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
      case "VP8L": return [(view.getUint32(21, true) & 0x3fff) + 1, ((view.getUint32(21, true) >>> 14) & 0x3fff) + 1];
      case "VP8X": return [(view.getUint32(24, true) & 0xffffff) + 1, (view.getUint32(26, true) >>> 8) + 1];
      default: return null;
    }
  },
  jpeg(data, view) {
    if (view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint16(at);
      const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
      if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
      if (marker < 0xff01) return null;
    }
  },
};

function text(data, start, length) {
  return String.fromCharCode(...data.subarray(start, start + length));
}
