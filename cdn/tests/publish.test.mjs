// Role: a release is described, published, switched and rolled back; what goes wrong leaves the old one.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { promises as fs } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { startEdge } from '../lib/edge.mjs';
import { describe, digestOf } from '../lib/manifest.mjs';
import { publish, rollback } from '../lib/publish.mjs';
import { folder, MemoryBucket, MemoryPointer, originOf } from './support.mjs';

const wasm = Buffer.concat([Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]), Buffer.alloc(50000, 'section ')]);
const release = async (text = 'one') => ({ assets: await folder({ 'engine.wasm': wasm, 'app.js': `console.log("${text}")`, 'fonts/a.woff2': 'wOF2' }), pages: await folder({ 'index.html': `<!doctype html>${text}`, 'help/index.html': 'help' }) });

/** A request as it is: fetch would add its own Accept-Encoding and decode. */
const get = (server, path, headers = {}) =>
  new Promise((resolve, reject) => {
    http.get({ port: server.address().port, path, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (c) => chunks.push(c)).on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    }).on('error', reject);
  });

test('a manifest says what every file is', async () => {
  const { assets, pages } = await release();
  const made = await describe(assets, pages);
  const entry = made.assets['engine.wasm'];
  assert.equal(entry.sha256, digestOf(wasm));
  assert.equal(entry.file, `engine.${digestOf(wasm).slice(0, 16)}.wasm`);
  assert.equal(entry.type, 'application/wasm');
  assert.ok(entry.br < entry.gz && entry.gz < entry.bytes);
  assert.match(made.assets['app.js'].file, /^app\.[0-9a-f]{16}\.js$/);
  assert.equal(made.assets['fonts/a.woff2'].br, undefined);
  assert.equal((await describe(assets, pages)).id, made.id);
});

test('the command writes a manifest that its schema describes', async () => {
  const { assets, pages } = await release();
  const text = execFileSync('node', [new URL('../build-manifest.mjs', import.meta.url).pathname, assets, pages], { encoding: 'utf8' });
  const schema = JSON.parse(await fs.readFile(new URL('../manifest.schema.json', import.meta.url), 'utf8'));
  const file = schema.$defs.file;
  const made = JSON.parse(text);
  assert.deepEqual(Object.keys(made).sort(), Object.keys(schema.properties).sort());
  assert.match(made.id, new RegExp(schema.properties.id.pattern));
  for (const entry of [...Object.values(made.assets), ...Object.values(made.pages)]) {
    for (const key of Object.keys(entry)) {
      assert.ok(file.properties[key], key);
      if (file.properties[key].pattern) assert.match(entry[key], new RegExp(file.properties[key].pattern));
    }
    for (const key of file.required) assert.ok(key in entry);
  }
});

test('a file of an unknown kind, a release without a page and a lying manifest are refused', async () => {
  const { assets, pages } = await release();
  await assert.rejects(describe(await folder({ 'a.exe': 'x' }), pages), /no content type/);
  await assert.rejects(describe(assets, await folder({ 'other.html': 'x' })), /no index.html/);
  await assert.rejects(describe(await folder({ 'engine.wasm': 'x', 'manifest.json': JSON.stringify({ version: 1, files: { 'engine.wasm': { path: 'engine.wasm', bytes: 1, sha256: '0'.repeat(64), type: 'application/wasm' } } }) }), pages), /is not what manifest.json says/);
  await assert.rejects(describe(await folder({ 'engine.wasm': 'x', 'manifest.json': JSON.stringify({ version: 1, files: { gone: { path: 'gone.wasm', bytes: 1, sha256: '0'.repeat(64), type: 'application/wasm' } } }) }), pages), /is not there/);
});

test('a published release is served: coded, typed, immutable, equal to its manifest', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const { assets, pages } = await release();
  await publish({ bucket, pointer, assets, pages });
  const server = await startEdge({ origin: originOf(bucket), pointer });
  try {
    const name = `/assets/engine.${digestOf(wasm).slice(0, 16)}.wasm`;
    const br = await get(server, name, { 'accept-encoding': 'br' });
    assert.equal(br.status, 200);
    assert.equal(br.headers['content-encoding'], 'br');
    assert.equal(br.headers['content-type'], 'application/wasm');
    assert.equal(br.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(br.headers.vary, 'Accept-Encoding');
    assert.equal(br.headers['x-content-type-options'], 'nosniff');
    assert.equal(br.headers['access-control-allow-origin'], '*');
    assert.equal(digestOf(zlib.brotliDecompressSync(br.body)), digestOf(wasm));
    const gz = await get(server, name, { 'accept-encoding': 'br;q=0, gzip' });
    assert.equal(gz.headers['content-encoding'], 'gzip');
    assert.equal(digestOf(zlib.gunzipSync(gz.body)), digestOf(wasm));
    const plain = await get(server, name, { 'accept-encoding': 'identity' });
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(digestOf(plain.body), digestOf(wasm));
    const page = await get(server, '/');
    assert.equal(page.headers['cache-control'], 'no-cache');
    assert.match(page.headers['content-security-policy'], /'wasm-unsafe-eval'/);
    assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin');
    const missing = await get(server, '/assets/gone.0123456789abcdef.js');
    assert.equal(missing.status, 404);
    assert.equal(missing.headers['cache-control'], 'no-store');
  } finally {
    server.close();
  }
});

test('publishing again stores nothing', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const { assets, pages } = await release();
  await publish({ bucket, pointer, assets, pages });
  const before = bucket.puts.length;
  await publish({ bucket, pointer, assets, pages });
  assert.equal(bucket.puts.length, before);
});

test('a release that fails half way leaves the old one current and whole', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const one = await publish({ bucket, pointer, ...(await release('one')) });
  bucket.failAt = /help\/index\.html\.gz$/;
  await assert.rejects(publish({ bucket, pointer, ...(await release('two')) }), /network/);
  assert.equal(await pointer.read(), one);
  bucket.failAt = undefined;
  const two = await publish({ bucket, pointer, ...(await release('two')) });
  assert.notEqual(two, one);
  assert.equal(await pointer.read(), two);
});

test('rolling back is one write; a release that is not whole is refused', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const one = await publish({ bucket, pointer, ...(await release('one')) });
  const two = await publish({ bucket, pointer, ...(await release('two')) });
  const server = await startEdge({ origin: originOf(bucket), pointer });
  try {
    assert.match((await get(server, '/')).body.toString(), /two/);
    assert.equal(await rollback({ bucket, pointer, id: one }), two);
    assert.match((await get(server, '/')).body.toString(), /one/);
    bucket.objects.delete(`releases/${two}/help/index.html`);
    await assert.rejects(rollback({ bucket, pointer, id: two }), /lacks help\/index.html/);
    assert.equal(await pointer.read(), one);
  } finally {
    server.close();
  }
});

test('the engine’s own dist/ is published by its manifest, compressed as it came', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const hash = digestOf(wasm).slice(0, 16);
  const cmap = Buffer.from('begincmap '.repeat(50));
  const entry = (path, bytes, type) => ({ path, bytes: bytes.length, br: 1, sha256: digestOf(bytes), type });
  const files = { 'engine.wasm': entry(`engine.${hash}.wasm`, wasm, 'application/wasm'), 'cmaps/cMap/Adobe-Japan1/H': entry(`cmaps/${digestOf(cmap).slice(0, 16)}`, cmap, 'application/octet-stream') };
  const contents = { 'manifest.json': JSON.stringify({ version: 1, files }), 'engine.d.ts': 'not published' };
  for (const [path, bytes] of [[files['engine.wasm'].path, wasm], [files['cmaps/cMap/Adobe-Japan1/H'].path, cmap]])
    Object.assign(contents, { [path]: bytes, [`${path}.br`]: zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }), [`${path}.gz`]: zlib.gzipSync(bytes) });
  const assets = await folder(contents);
  const pages = await folder({ 'index.html': 'x', 'assets/app-AbCd1234.js': 'viewer' });
  await publish({ bucket, pointer, assets, pages });
  assert.ok(bucket.objects.has('assets/app-AbCd1234.js.br'));
  assert.ok(![...bucket.objects.keys()].some((key) => key.includes('engine.d.ts')));
  assert.deepEqual(bucket.objects.get(`assets/engine.${hash}.wasm.br`).bytes, contents[`engine.${hash}.wasm.br`]);
  const server = await startEdge({ origin: originOf(bucket), pointer });
  try {
    const answer = await get(server, `/assets/${files['cmaps/cMap/Adobe-Japan1/H'].path}`, { 'accept-encoding': 'br' });
    assert.equal(answer.headers['content-encoding'], 'br');
    assert.equal(digestOf(zlib.brotliDecompressSync(answer.body)), digestOf(cmap));
    assert.equal(JSON.parse((await get(server, '/manifest.json')).body).version, 1);
  } finally {
    server.close();
  }
  await fs.writeFile(`${assets}/${files['engine.wasm'].path}.br`, zlib.brotliCompressSync('something else'));
  await assert.rejects(describe(assets, pages), /something else/);
});

test('a hashed name with other contents is refused', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const { pages } = await release();
  await publish({ bucket, pointer, pages, assets: await folder({ 'a.0123456789abcdef.js': 'one' }) });
  await assert.rejects(publish({ bucket, pointer, pages, assets: await folder({ 'a.0123456789abcdef.js': 'two' }) }), /hashed names never change/);
});

test('a store that loses a header is noticed before the switch', async () => {
  const bucket = new MemoryBucket(), pointer = new MemoryPointer();
  const put = bucket.put.bind(bucket);
  bucket.put = (key, bytes, headers) => put(key, bytes, { ...headers, encoding: undefined });
  await assert.rejects(publish({ bucket, pointer, ...(await release()) }), /not stored as meant/);
  assert.equal(await pointer.read(), undefined);
});
