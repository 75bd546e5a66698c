// Role: CloudFront function on viewer-request: which stored object answers a request for viewer, engine or page.
//
// Objects are stored beside their compressed forms: engine.1a2b3c4d.wasm, .wasm.br, .wasm.gz. What the browser accepts picks one, so the
// cache key (the path) tells them apart and CloudFront's own compression is off. Hashed files live for ever under /assets/; everything
// else belongs to a release, /releases/<id>/..., and the key-value store says which release is current: one write switches all pages.
import cf from 'cloudfront';

const store = cf.kvs();
// cdn/lib/types.mjs has the same list; a test holds them equal.
const compressed = /\.(?:css|html|js|json|map|mjs|otf|svg|ttf|txt|wasm|webmanifest|xml)$|^\/assets\/cmaps\/[0-9a-f]{16}$/;

// The weight of one coding in an Accept-Encoding value: RFC 9110, 12.5.3. Not named: the weight of "*", or none.
function weight(accepted, coding) {
  let any = -1;
  for (const item of accepted.toLowerCase().split(',')) {
    const parts = item.split(';');
    const name = parts[0].trim();
    if (name !== coding && name !== '*') continue;
    let quality = 1;
    for (const parameter of parts.slice(1)) {
      const found = /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(parameter);
      if (found) quality = Number(found[1]);
    }
    if (name === coding) return quality;
    any = quality;
  }
  return any === -1 ? 0 : any;
}

function suffix(headers) {
  const accepted = headers['accept-encoding'] ? headers['accept-encoding'].value : '';
  const brotli = weight(accepted, 'br');
  const gzip = weight(accepted, 'gzip');
  if (brotli > 0 && brotli >= gzip) return '.br';
  return gzip > 0 ? '.gz' : '';
}

async function handler(event) {
  const request = event.request;
  let path = request.uri;
  // Releases are reached by the current one's name only: an old page must not be had by guessing.
  if (path.startsWith('/releases/')) return { statusCode: 404, statusDescription: 'Not Found', headers: { 'cache-control': { value: 'no-store' } } };
  if (!path.startsWith('/assets/')) {
    if (path.endsWith('/')) path += 'index.html';
    let release;
    try {
      release = await store.get('current');
    } catch (error) {
      console.log('no current release: ' + error);
      return { statusCode: 503, statusDescription: 'Service Unavailable', headers: { 'retry-after': { value: '30' }, 'cache-control': { value: 'no-store' } } };
    }
    path = '/releases/' + release + path;
  }
  // A range of compressed bytes is of no use to who asked for a range of the file.
  if (compressed.test(path) && !request.headers.range) path += suffix(request.headers);
  request.uri = path;
  return request;
}
