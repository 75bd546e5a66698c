// Role: the two CloudFront functions, run as they are.
import assert from 'node:assert/strict';
import { promises as fs } from 'node:fs';
import test from 'node:test';
import { loadFunction } from '../lib/edge.mjs';
import { compressedEndings } from '../lib/types.mjs';

const ask = async (uri, headers = {}, options = { store: { current: 'aaaa' } }) =>
  (await loadFunction('viewer-request', options))({ request: { method: 'GET', uri, headers: Object.fromEntries(Object.entries(headers).map(([k, value]) => [k, { value }])) } });
const pathOf = async (...words) => (await ask(...words)).uri;

test('the coding that the browser likes best is served', async () => {
  const wasm = '/assets/engine.0123456789abcdef.wasm';
  for (const [accepted, ending] of [
    ['gzip, deflate, br, zstd', '.br'], ['br', '.br'], ['gzip', '.gz'], ['identity', ''], ['', ''], ['br;q=0', ''], ['br;q=0, gzip', '.gz'], ['gzip;q=1, br;q=0.5', '.gz'],
    ['gzip;q=0.5, br;q=0.5', '.br'], ['*', '.br'], ['*;q=0', ''], ['br;q=0, *', '.gz'], ['BR', '.br'], ['br ; q=0.0', ''], ['br;q=0.001', '.br'], ['x-br', ''], ['br;q=abc', '.br'], ['deflate, zstd', ''],
  ])
    assert.equal(await pathOf(wasm, { 'accept-encoding': accepted }), wasm + ending, accepted);
  assert.equal(await pathOf(wasm), wasm);
});

test('what is compressed already is served as it is', async () => {
  for (const name of ['/assets/font.0123456789abcdef.woff2', '/assets/icon.0123456789abcdef.png', '/assets/sample.0123456789abcdef.pdf']) assert.equal(await pathOf(name, { 'accept-encoding': 'br' }), name);
});

test('a range is a range of the file, not of its compressed form', async () => {
  assert.equal(await pathOf('/assets/engine.0123456789abcdef.wasm', { 'accept-encoding': 'br', range: 'bytes=0-9' }), '/assets/engine.0123456789abcdef.wasm');
});

test('pages are the current release’s', async () => {
  assert.equal(await pathOf('/'), '/releases/aaaa/index.html');
  assert.equal(await pathOf('/help/', { 'accept-encoding': 'br' }), '/releases/aaaa/help/index.html.br');
  assert.equal(await pathOf('/embed.html', {}, { store: { current: 'bbbb' } }), '/releases/bbbb/embed.html');
});

test('other releases are not had by their names', async () => {
  assert.equal((await ask('/releases/bbbb/index.html')).statusCode, 404);
});

test('before the first release the answer is 503, and the log says why', async () => {
  const logs = [];
  const answer = await ask('/', {}, { store: {}, logs });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.headers['cache-control'].value, 'no-store');
  assert.match(logs[0], /no current release/);
});

test('assets need no release', async () => {
  assert.equal(await pathOf('/assets/a.0123456789abcdef.js', {}, { store: {} }), '/assets/a.0123456789abcdef.js');
});

test('both lists of compressed endings are one', async () => {
  const source = await fs.readFile(new URL('../functions/viewer-request.js', import.meta.url), 'utf8');
  assert.deepEqual(/compressed = \/\\\.\(\?:([a-z|]+)\)\$\|/.exec(source)[1].split('|'), compressedEndings);
});

test('answers vary by Accept-Encoding, once', async () => {
  const handler = await loadFunction('viewer-response');
  const vary = (value) => handler({ response: { statusCode: 200, headers: value === undefined ? {} : { vary: { value } } } }).headers.vary.value;
  assert.equal(vary(undefined), 'Accept-Encoding');
  assert.equal(vary('Origin'), 'Origin, Accept-Encoding');
  assert.equal(vary('origin, accept-encoding'), 'origin, accept-encoding');
  assert.equal(vary('*'), '*');
});

test('errors are kept by nobody', async () => {
  const handler = await loadFunction('viewer-response');
  assert.equal(handler({ response: { statusCode: 404, headers: { 'cache-control': { value: 'public, max-age=31536000, immutable' } } } }).headers['cache-control'].value, 'no-store');
  assert.equal(handler({ response: { statusCode: 200, headers: { 'cache-control': { value: 'x' } } } }).headers['cache-control'].value, 'x');
});

test('the functions are within CloudFront’s limits', async () => {
  for (const name of ['viewer-request', 'viewer-response']) {
    const source = await fs.readFile(new URL(`../functions/${name}.js`, import.meta.url), 'utf8');
    assert.ok(Buffer.byteLength(source) <= 10240);
    // JavaScript runtime 2.0 has no modules of Node, no timers, no network, no eval.
    assert.doesNotMatch(source, /\b(require|fetch|setTimeout|setInterval|eval|process|Buffer)\b\s*[(.]|^import (?!cf from 'cloudfront')/m);
  }
});
