// All tests of one lane, in this process and one browser: node [--test-reporter=…] tests/page/suite.mjs LANE. The lanes run
// side by side and are of one length: "screen", what is seen and worked by hand, and "script", what scripts do, where most of
// the time goes into training and into pages that open.
// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const kFolders = { screen: ['layout', 'scenes', 'surfaces', 'words'], script: ['network', 'script', 'start'] };
const lane = process.argv[2];

const entries = await readdir(here, { recursive: true });
const files = entries.filter((name) => name.endsWith('.test.mjs') && !name.startsWith('node_modules')).sort();
const folderOf = (name) => name.split('/')[0];
const lost = files.filter((name) => !Object.values(kFolders).flat().includes(folderOf(name)));
if (lost.length > 0) throw new Error(`no lane runs ${lost.join(', ')}`);
for (const file of files.filter((name) => kFolders[lane].includes(folderOf(name)))) await import(pathToFileURL(join(here, file)));
