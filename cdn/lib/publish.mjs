// Role: publishing. First every asset, then the release's pages and manifest, each read back and compared; then one write makes the release
// current. A failure anywhere before leaves the world as it was. Rolling back is that one write again, with an older id.
import { promises as fs, readFileSync } from 'node:fs';
import path from 'node:path';
import { compressedOf, describe, digestOf, sourceOf } from './manifest.mjs';

const policies = JSON.parse(readFileSync(new URL('../headers/policies.json', import.meta.url), 'utf8'));
const variants = { br: 'br', gz: 'gzip' };

/** [{key, bytes, type, encoding?, cacheControl, sha256}] of one described file under its key. */
async function objectsOf({ root, name, entry, key, cacheControl }) {
  const bytes = await fs.readFile(path.join(root, name));
  if (digestOf(bytes) !== entry.sha256) throw new Error(`${name} changed while it was published`);
  const common = { type: entry.type, cacheControl, sha256: entry.sha256 };
  const objects = [{ key, bytes, ...common }];
  if (!entry.br) return objects;
  const made = await compressedOf(root, name, bytes);
  for (const [ending, encoding] of Object.entries(variants)) objects.push({ key: `${key}.${ending}`, bytes: made[ending], encoding, ...common });
  return objects;
}

/** Stores an object unless it is there already, and sees that what is stored is what was meant. */
async function store(bucket, object) {
  const { key, bytes, ...headers } = object;
  const there = await bucket.head(key);
  if (there && there.Metadata?.sha256 === headers.sha256 && there.ContentLength === bytes.length) return false;
  if (there && key.startsWith('assets/')) throw new Error(`${key} is stored with other contents: hashed names never change`);
  await bucket.put(key, bytes, headers);
  const stored = await bucket.head(key);
  if (!stored || stored.ContentLength !== bytes.length || (stored.ContentEncoding ?? undefined) !== headers.encoding || stored.ContentType !== headers.type || stored.CacheControl !== headers.cacheControl)
    throw new Error(`${key} was not stored as meant: ${JSON.stringify(stored)}`);
  return true;
}

/** Publishes ASSETS and PAGES; the release's id. `log` hears each stored key. */
export async function publish({ bucket, pointer, assets, pages, log = () => {} }) {
  const release = await describe(assets, pages);
  const files = ['assets', 'pages'].flatMap((kind) =>
    Object.entries(release[kind]).map(([name, entry]) => {
      const [root, from] = sourceOf(assets, pages, kind, name, entry);
      return { root, name: from, entry, key: kind === 'assets' ? `assets/${entry.file}` : `releases/${release.id}/${entry.file}`, cacheControl: policies[kind].cache_control };
    }),
  );
  for (const file of files) for (const object of await objectsOf(file)) if (await store(bucket, object)) log(object.key);
  const text = Buffer.from(JSON.stringify(release, null, 2));
  await store(bucket, { key: `releases/${release.id}/release.json`, bytes: text, type: 'application/json', cacheControl: policies.pages.cache_control, sha256: digestOf(text) });
  await pointer.write(release.id);
  return release.id;
}

/** Makes an older release current; its pages must be whole. */
export async function rollback({ bucket, pointer, id }) {
  const release = JSON.parse((await bucket.get(`releases/${id}/release.json`)).bytes.toString('utf8'));
  for (const entry of Object.values(release.pages)) if (!(await bucket.head(`releases/${id}/${entry.file}`))) throw new Error(`release ${id} lacks ${entry.file}`);
  for (const entry of Object.values(release.assets)) if (!(await bucket.head(`assets/${entry.file}`))) throw new Error(`release ${id} lacks the asset ${entry.file}`);
  const before = await pointer.read();
  await pointer.write(id);
  return before;
}
