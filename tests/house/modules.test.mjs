// The house part runs before npm has installed anything: what its tests import, directly or through other files, is
// Node's own or ours. The checker itself is tried on a package it must find.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { files, root } from './rules.mjs';

const kImport = /^(?:import|export)\b[^;]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'/gm;

// Every package that a file needs, as "importer: package"; read(path) gives a file's text.
function packagesBehind(start, read) {
  const seen = new Set([start]);
  const found = [];
  for (const path of seen) {  // grows while it is walked
    for (const [, from, bare] of read(path).matchAll(kImport)) {
      const name = from ?? bare;
      if (name.startsWith('.')) seen.add(join(dirname(path), name));
      else if (!name.startsWith('node:')) found.push(`${path}: ${name}`);
    }
  }
  return found;
}

test('the tests of the house part need no package', () => {
  const tests = files(['tests/house', 'tests/front_door', 'tests/bench'], /\.test\.mjs$/);
  assert.ok(tests.length >= 5);
  const read = (path) => {
    assert.ok(existsSync(join(root, path)), `${path} is imported and does not exist`);
    return readFileSync(join(root, path), 'utf8');
  };
  assert.deepEqual(tests.flatMap((path) => packagesBehind(path, read)), []);
});

test('the checker finds a package behind another file', () => {
  const texts = {
    'a/one.test.mjs': "import { test } from 'node:test';\nimport {\n  two,\n} from './b/two.mjs';\n",
    'a/b/two.mjs': "export { three } from '../three.mjs';\n",
    'a/three.mjs': "import { chromium } from 'playwright-core';\nimport './three.mjs';\n",
  };
  assert.deepEqual(packagesBehind('a/one.test.mjs', (path) => texts[path]), ['a/three.mjs: playwright-core']);
});
