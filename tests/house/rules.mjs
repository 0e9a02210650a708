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

// The folders in the order of dependence: each includes what stands above it, and itself. Those in one row are siblings,
// which do not include each other.
const kOrder = [
  ['engine/core'],
  ['engine/kernels', 'engine/parallel', 'engine/autodiff'],
  ['engine/surfaces', 'engine/optim', 'engine/nn', 'engine/data', 'engine/io'],
  ['engine/inspect'],
  ['engine/race', 'engine/training'],
  ['engine/survey', 'engine/sampling'],
  ['engine/words'],
  ['engine/script'],
  ['web/state'],
  ['web/workers'],
  ['web/browser', 'web/commands', 'web/model'],
  ['web/widgets'],
  ['web/render'],
  ['web/bridge'],
  ['web/panels/page'],
  ['web/panels/network', 'web/panels/surfaces/common'],
  ['web/panels/surfaces/view'],
  ['web/panels/surfaces/tabs', 'web/panels/surfaces/rail'],
  ['web/app'],
];

// Headers that may appear only in some places.
const kForbidden = [
  // std::snprintf, which writes into memory, is in the same header as files: core's two writers of numbers have it.
  { header: /^cstdio$/, in: /^engine\/(?!core\/(number_text|param_spec)\.cpp)/, why: 'the engine neither prints nor opens files' },
  { header: /^(iostream|stdio\.h|fstream|filesystem)$/, in: /^engine\//, why: 'the engine neither prints nor opens files' },
  { header: /^(thread|future)$/, in: /^engine\/(?!parallel\/)/, why: 'threads are made in engine/parallel' },
  { header: /imgui|SDL|GLES|emscripten/, in: /^engine\//, why: 'the engine knows no user interface' },
  { header: /imgui|SDL|GLES|emscripten/, in: /^web\/(state|workers|commands|model)\//, why: 'state, workers, commands and model of the page are plain C++' },
  { header: /GLES|glad|GL\//, in: /^web\/(?!render\/)/, why: 'GL belongs to web/render' },
  // The web build compiles the kernels twice; inline functions of this header differ between the two.
  { header: /f32x4/, in: /^(engine\/(?!kernels\/)|web\/)/, why: 'only kernels may include f32x4' },
];

// A file's folder as the order names it: an inner folder belongs to the one that is named, as engine/nn/layers to engine/nn.
function levelOf(path) {
  let best = null;
  kOrder.forEach((row, level) => {
    for (const folder of row)
      if (path.startsWith(`${folder}/`)) best = { folder, level };
  });
  return best;
}

// wrongDirection() says why one file may not include another of ours, or null.
function wrongDirection(from, to) {
  const [source, target] = [levelOf(from), levelOf(to)];
  if (!source || !target) return `no level for ${source ? to : from}`;
  if (source.folder === target.folder || target.level < source.level) return null;
  return `${source.folder} may not include ${target.folder}`;
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

// Panels leave this to web/commands: what they want of a worker they say to Commands and RaceQuestions, which parse,
// compute and write tables where no frame waits for it.
const kNotInPanels = [
  { text: /\bpost\(/, why: 'panels change workers by Commands' },
  { text: /\bHost\b/, why: 'panels change workers by Commands' },
  { text: /\bmake_surface(_graph)?\(|::parse\(/, why: 'formulas are read behind Commands and RaceQuestions' },
  { text: /_csv\(/, why: 'tables are written by a worker, which Commands asks' },
];

// Every breach of that in a file of panels, as sentences.
export function panelBreaches(path, text) {
  if (!path.startsWith('web/panels/')) return [];
  return kNotInPanels.filter((rule) => rule.text.test(text)).map(({ text: found, why }) => `${path} has ${found}: ${why}`);
}

// The namespaces that a file of the engine opens and that are not its folder's.
export function foreignNamespaces(path, text) {
  const folder = path.match(/^engine\/([a-z0-9_]+)\//)?.[1];
  return [...text.matchAll(/^namespace descent::(\w+)/gm)].map(([, name]) => name).filter((name) => name !== folder);
}

// The files that comments of `text` name and that are not there, by the names (without folder) of those that are.
export function missingFiles(text, names) {
  const comments = text.split('\n').map((line) => line.match(/\/\/.*/)?.[0] ?? '');
  const named = comments.flatMap((comment) => comment.match(/(?<![\w./*-])[\w/-]+\.(?:h|cpp)\b/g) ?? []);
  return named.map((path) => path.split('/').pop()).filter((name) => !names.has(name));
}
