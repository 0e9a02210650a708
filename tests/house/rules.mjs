// Helpers of the house tests: the list of our files, and the rules about includes.
// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

// Tracked files below the folders, with the given ending.
export function files(folders, ending) {
  const list = execFileSync('git', ['-C', root, 'ls-files', '-z', '--', ...folders], { encoding: 'utf8' });
  return list.split('\0').filter((path) => ending.test(path) && existsSync(join(root, path)));
}

export function sourceFiles(folders) {
  return files(folders, /\.(h|cpp)$/).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const kLevels = {
  core: 0,
  kernels: 1, parallel: 1, autodiff: 1,
  surfaces: 2, optim: 2, nn: 2, data: 2, io: 2,
  train: 3,
};

// Headers that may appear only in some places.
const kForbidden = [
  { header: /^(iostream|cstdio|stdio\.h|fstream|filesystem)$/, in: /^engine\//, why: 'the engine neither prints nor opens files' },
  { header: /^(thread|future)$/, in: /^engine\/(?!parallel\/|train\/worker)/, why: 'threads are made in engine/parallel and by the worker of train' },
  { header: /imgui|SDL|GLES|emscripten/, in: /^engine\//, why: 'the engine knows no user interface' },
  { header: /GLES|glad|GL\//, in: /^web\/(?!render\/)/, why: 'GL belongs to web/render' },
  // The web build compiles the kernels twice; inline functions of this header differ between the two.
  { header: /f32x4/, in: /^(engine\/(?!kernels\/)|web\/)/, why: 'only kernels may include f32x4' },
];

function moduleOf(path) {
  return path.match(/^engine\/([a-z0-9_]+)\//)?.[1];
}

// Why one file may not include another of ours, or null.
function wrongDirection(from, to) {
  if (/^web\//.test(from)) return null;
  if (/^(web|tests)\//.test(to)) return 'the engine includes nothing of the page or the tests';
  const [source, target] = [moduleOf(from), moduleOf(to)];
  if (source === target) return null;
  if (!(source in kLevels) || !(target in kLevels)) return 'a module the rules do not know';
  if (kLevels[target] >= kLevels[source]) return `${source} may not include ${target}`;
  return null;
}

// Every include of `text` that breaks a rule, as sentences.
export function breaches(path, text) {
  const found = [];
  const include = /^[ \t]*#[ \t]*include[ \t]*(<([^>]+)>|"([^"]+)")/gm;
  for (const [, , system, own] of text.matchAll(include)) {
    const header = system ?? own;
    const rule = kForbidden.find((entry) => entry.in.test(path) && entry.header.test(header));
    if (rule) {
      found.push(`${path} includes ${header}: ${rule.why}`);
    } else if (own && !/_embedded\.h$|^build_info\.h$|^imgui|^SDL/.test(own)) {
      const why = own.includes('/') ? wrongDirection(path, own) : 'ours are included by their path from the root';
      if (why) found.push(`${path} includes ${own}: ${why}`);
    }
  }
  return found;
}
