// Role: what the tests share: a release in a folder, and a bucket in memory that behaves as S3 does where publishing looks.
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Writes {name: contents} under a fresh folder; its path. */
export async function folder(files) {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'ode-cdn-'));
  for (const [name, contents] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await fs.writeFile(path.join(root, name), contents);
  }
  return root;
}

export class MemoryBucket {
  objects = new Map();
  failAt = undefined;
  puts = [];

  async head(key) {
    const o = this.objects.get(key);
    return o && { ContentLength: o.bytes.length, ContentType: o.type, ContentEncoding: o.encoding, CacheControl: o.cacheControl, Metadata: { sha256: o.sha256 } };
  }

  async get(key) {
    const o = this.objects.get(key);
    if (!o) throw new Error(`NoSuchKey: ${key}`);
    return { bytes: o.bytes };
  }

  async put(key, bytes, headers) {
    if (this.failAt && this.failAt.test(key)) throw new Error('the network is gone');
    this.puts.push(key);
    this.objects.set(key, { bytes: Buffer.from(bytes), ...headers });
  }
}

export class MemoryPointer {
  id = undefined;
  async read() { return this.id; }
  async write(id) { this.id = id; }
}

/** An origin for startEdge out of a MemoryBucket. */
export const originOf = (bucket) => async (key) => {
  const o = bucket.objects.get(key);
  if (!o) return { status: 404, headers: { 'content-type': 'application/xml' }, body: Buffer.from('<Error/>') };
  return { status: 200, headers: { 'content-type': o.type, 'cache-control': o.cacheControl, ...(o.encoding && { 'content-encoding': o.encoding }) }, body: o.bytes };
};
