#!/usr/bin/env node
// Role: writes the manifest of a release. usage: build-manifest.mjs ASSETS_DIR PAGES_DIR > release.json
import { describe } from './lib/manifest.mjs';

const [assets, pages] = process.argv.slice(2);
if (!pages) {
  console.error('usage: build-manifest.mjs ASSETS_DIR PAGES_DIR');
  process.exit(2);
}
process.stdout.write(JSON.stringify(await describe(assets, pages), null, 2) + '\n');
