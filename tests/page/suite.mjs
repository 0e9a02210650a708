// All tests of one lane, in this process and one browser: node [--test-reporter=…] tests/page/suite.mjs LANE. The lanes run
// side by side: "screen", where the processor draws without pause, and "script", where most tests need no pixel or spend
// their time opening pages.
// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const kFolders = { screen: ['layout', 'scenes', 'surfaces'], script: ['network', 'script', 'start', 'words'] };
const lane = process.argv[2];

const entries = await readdir(here, { recursive: true });
const files = entries.filter((name) => name.endsWith('.test.mjs') && !name.startsWith('node_modules')).sort();
const folderOf = (name) => name.split('/')[0];
const lost = files.filter((name) => !Object.values(kFolders).flat().includes(folderOf(name)));
if (lost.length > 0) throw new Error(`no lane runs ${lost.join(', ')}`);
for (const file of files.filter((name) => kFolders[lane].includes(folderOf(name)))) await import(pathToFileURL(join(here, file)));
