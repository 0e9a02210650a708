// One worker's tests, in this process and one browser: it asks its parent (run.mjs) for a file, runs that file's tests, and
// asks again, until there is none left.
// SPDX-License-Identifier: MIT
import { pathToFileURL } from 'node:url';

import { allDone, end, test } from './support/registered.mjs';

const next = () => new Promise((resolve) => {
  process.once('message', ({ file }) => resolve(file));
  process.send('next');
});

process.on('disconnect', () => process.exit(1));  // its parent was ended

for (let file = await next(); file !== null; file = await next()) {
  await import(pathToFileURL(file)).catch((error) => test(`${file} can be loaded`, () => { throw error; }));
  await allDone();
}
await end();
process.removeAllListeners('disconnect');
process.disconnect();
