// Role: the manifest of a release: every file with its hashed name, sizes, digest and type. It is what dist/manifest.json of the engine says,
// made for pages and whatever else a release holds as well, and what publish.mjs and the tests compare delivered bytes with.
import { createHash } from 'node:crypto';
import { existsSync, promises as fs } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { isCompressed, typeOf } from './types.mjs';

const hashed = /\.[0-9a-f]{8,64}\.[a-z0-9]+$/;

/** Files under `root`, as paths with forward slashes, sorted. Compressed copies are ours to make: .br and .gz are left out. */
export async function filesOf(root) {
  const found = [];
  const walk = async (folder) => {
    for (const entry of await fs.readdir(path.join(root, folder), { withFileTypes: true })) {
      const name = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) await walk(name);
      else if (entry.isFile() && !/\.(br|gz)$/.test(name)) found.push(name);
      else if (!entry.isFile()) throw new Error(`${name}: neither file nor folder`);
    }
  };
  await walk('');
  return found.sort();
}

export const digestOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

export function compress(bytes) {
  return {
    br: zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: zlib.gzipSync(bytes, { level: 9 }),
  };
}

/** A name that carries its contents: engine.wasm -> engine.1a2b3c4d5e6f7a8b.wasm. Names that do already stay. */
export function hashedName(name, digest) {
  if (hashed.test(name)) return name;
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)}.${digest.slice(0, 16)}${name.slice(dot)}`;
}

/** {bytes, br?, gz?, sha256, type} of a file, and its bytes. */
async function describeFile(root, name, type) {
  const bytes = await fs.readFile(path.join(root, name));
  const made = isCompressed(name) ? await compressedOf(root, name, bytes) : {};
  return { bytes: bytes.length, ...(made.br && { br: made.br.length, gz: made.gz.length }), sha256: digestOf(bytes), type: type ?? typeOf(name) };
}

/** The compressed forms of a file: those beside it where they are there and true, else made now. */
export async function compressedOf(root, name, bytes) {
  const beside = async (ending) => {
    try {
      return await fs.readFile(path.join(root, `${name}.${ending}`));
    } catch (error) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const [br, gz] = [await beside('br'), await beside('gz')];
  if (!br || !gz) return compress(bytes);
  if (!zlib.brotliDecompressSync(br).equals(bytes) || !zlib.gunzipSync(gz).equals(bytes)) throw new Error(`${name}: what is compressed beside it is something else`);
  return { br, gz };
}

/**
 * Describes a release: {id, assets: {logical name: entry}, pages: {path: entry}}.
 * `assets` is the engine's dist/ (its manifest.json says which files are published, and must agree with them) or any folder of files.
 * `pages` is the viewer's build: entry pages, and under assets/ hashed files that they name. The id is the digest of all of it.
 */
export async function describe(assets, pages) {
  const release = { assets: {}, pages: {} };
  const manifest = await manifestOf(assets);
  if (manifest) {
    for (const [logical, claim] of Object.entries(manifest.files)) release.assets[logical] = await claimed(assets, claim);
    release.pages['manifest.json'] = { file: 'manifest.json', ...(await describeFile(assets, 'manifest.json')) };
  } else {
    for (const name of await filesOf(assets)) {
      const described = await describeFile(assets, name);
      release.assets[name] = { file: hashedName(name, described.sha256), ...described };
    }
  }
  for (const name of await filesOf(pages)) {
    const described = await describeFile(pages, name);
    if (name.startsWith('assets/')) release.assets[name] = { file: name.slice('assets/'.length), ...described };
    else release.pages[name] = { file: name, ...described };
  }
  if (!release.pages['index.html']) throw new Error(`${pages} has no index.html`);
  return { id: digestOf(Buffer.from(JSON.stringify(release))).slice(0, 16), ...release };
}

/** [folder, name] of the bytes of an entry of assets or pages. */
export function sourceOf(assets, pages, kind, name, entry) {
  if (kind === 'assets') return name.startsWith('assets/') ? [pages, name] : existsSync(path.join(assets, entry.file)) ? [assets, entry.file] : [assets, name];
  return existsSync(path.join(pages, name)) ? [pages, name] : [assets, name];
}

async function manifestOf(assets) {
  try {
    return JSON.parse(await fs.readFile(path.join(assets, 'manifest.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** An entry of the engine's own manifest, held to the file. */
async function claimed(assets, claim) {
  let described;
  try {
    described = await describeFile(assets, claim.path, claim.type);
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`manifest.json names ${claim.path}, which is not there`);
    throw error;
  }
  if (described.sha256 !== claim.sha256 || described.bytes !== claim.bytes) throw new Error(`${claim.path} is not what manifest.json says: ${described.sha256}, not ${claim.sha256}`);
  return { file: claim.path, ...described };
}
