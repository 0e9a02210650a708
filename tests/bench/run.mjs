// Measures Descent, asserts nothing: node tests/bench/run.mjs [OPTION...], see ./descent bench --help. Each part is a file
// of its own; here they are called in turn, their tables printed and their figures written as JSON.
// SPDX-License-Identifier: MIT
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { accuracyTables, measureAccuracy } from './accuracy.mjs';
import { kernelTables, measureKernels } from './kernels.mjs';
import { parseOptions } from './options.mjs';
import { measurePeers, peerTables } from './peers.mjs';
import { measureSite, siteTables } from './site.mjs';
import { measureSurfaces, surfacesTables } from './surfaces.mjs';

const kParts = {
  kernels: { measure: measureKernels, tables: kernelTables },
  site: { measure: measureSite, tables: siteTables },
  peers: { measure: measurePeers, tables: peerTables },
  surfaces: { measure: measureSurfaces, tables: surfacesTables },
  accuracy: { measure: measureAccuracy, tables: accuracyTables },
};

const say = (text) => console.error(`· ${text}`);
const cache = process.env.DESCENT_CACHE ?? join(homedir(), '.cache', 'descent');

const options = parseOptions(process.argv.slice(2));
const file = options.json ?? join(process.env.DESCENT_ARTIFACTS ?? cache, 'bench.json');
const result = {
  version: 1,
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0].model, threads: cpus().length },
  options,
};
console.log(`${result.machine.cpu}, ${result.machine.threads} threads, ${result.date.slice(0, 10)}`);
// A part that fails does not take the others' figures with it.
for (const name of options.parts) {
  try {
    result[name] = await kParts[name].measure(options, say);
    console.log(`\n${kParts[name].tables(result[name])}`);
  } catch (error) {
    console.error(`\nThe part '${name}' could not be measured: ${error.stack ?? error}`);
    process.exitCode = 1;
  }
}
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
say(`written to ${file}`);
process.exit();  // a part that failed may have left a server behind
