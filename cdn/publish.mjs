#!/usr/bin/env node
// Role: the command. It says on standard output which release is current afterwards, and which was before.
import { parseArgs } from 'node:util';
import { publish, rollback } from './lib/publish.mjs';
import { Bucket, KeyValuePointer, ObjectPointer } from './lib/store.mjs';

const usage = `usage: publish.mjs --bucket NAME [--store ARN] [--endpoint URL] ASSETS_DIR PAGES_DIR
       publish.mjs --bucket NAME [--store ARN] [--endpoint URL] --rollback RELEASE
  --store     CloudFront key-value store that names the current release; without it, an object of the bucket does
  --endpoint  another S3 than Amazon's`;

async function main() {
  const options = { bucket: { type: 'string' }, store: { type: 'string' }, endpoint: { type: 'string' }, rollback: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (!values.bucket || (values.rollback ? positionals.length !== 0 : positionals.length !== 2)) {
    console.error(usage);
    process.exit(2);
  }
  const bucket = new Bucket(values);
  const pointer = values.store ? new KeyValuePointer(values.store) : new ObjectPointer(bucket);
  const before = await pointer.read();
  const current = values.rollback ?? (await publish({ bucket, pointer, assets: positionals[0], pages: positionals[1], log: (key) => console.error(`stored ${key}`) }));
  if (values.rollback) await rollback({ bucket, pointer, id: values.rollback });
  console.log(JSON.stringify({ current, before: before ?? null }));
}

main().catch((error) => {
  console.error(`publish: ${error.message}`);
  process.exit(1);
});
