// Role: what a file is: its content type, and whether it is stored compressed beside itself. functions/viewer-request.js has the same list of
// compressed endings (a CloudFront function imports nothing); a test holds them equal.

const types = new Map([
  ['css', 'text/css; charset=utf-8'],
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['json', 'application/json'],
  ['map', 'application/json'],
  ['mjs', 'text/javascript; charset=utf-8'],
  ['otf', 'font/otf'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['ttf', 'font/ttf'],
  ['txt', 'text/plain; charset=utf-8'],
  ['wasm', 'application/wasm'],
  ['webmanifest', 'application/manifest+json'],
  ['webp', 'image/webp'],
  ['woff2', 'font/woff2'],
  ['xml', 'application/xml'],
  ['bin', 'application/octet-stream'],
]);

export const compressedEndings = ['css', 'html', 'js', 'json', 'map', 'mjs', 'otf', 'svg', 'ttf', 'txt', 'wasm', 'webmanifest', 'xml'];

const endingOf = (name) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

/** The content type of a file by its name. Throws where it has none: a wrong guess would be served for a year. */
export function typeOf(name) {
  const type = types.get(endingOf(name));
  if (!type) throw new Error(`${name}: no content type is known for this ending; add it to cdn/lib/types.mjs`);
  return type;
}

/** CMaps are named by their hash alone. */
const cmap = /(?:^|\/)cmaps\/[0-9a-f]{16}$/;

export const isCompressed = (name) => compressedEndings.includes(endingOf(name)) || cmap.test(name);
