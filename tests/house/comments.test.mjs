// Checks how comments begin. A comment is a sentence whose subject is the thing below it: one that opens with "What", "As" or
// "Of" has lost its subject or its verb.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { files, root } from './rules.mjs';

const kOurs = /\.(h|cpp|m?js|sh|cmake|py|glsl|vert|frag)$|CMakeLists\.txt$/;
const kFragment = /^\s*(?:\/\/|#) (?:What|As|Of)\b/;

// The lines at which a comment, or a paragraph of one, opens so. Comments behind code may be noun phrases and are left alone; a
// line that goes on with the sentence above it begins as it likes.
function fragments(path, text) {
  const mark = /\.(sh|cmake|py|txt)$/.test(path) ? '#' : '//';
  const lines = text.split('\n');
  const goesOn = (line = '') => line.trim().startsWith(`${mark} `) && !line.includes('SPDX-License-Identifier');
  return lines.flatMap((line, i) => (kFragment.test(line) && line.trim().startsWith(mark) && !goesOn(lines[i - 1]) ? [`${path}:${i + 1}`] : []));
}

test('no comment opens with "What", "As" or "Of"', () => {
  const ours = files(['engine', 'web', 'tests', 'shaders', 'CMakeLists.txt'], kOurs);
  assert.ok(ours.length > 800);
  assert.deepEqual(ours.flatMap((path) => fragments(path, readFileSync(join(root, path), 'utf8'))), []);
});

for (const [what, path, text, found] of [
  ['above a declaration', 'a.h', 'int b;\n\n// What a is.\nint a;\n', ['a.h:3']],
  ['inside a function', 'a.cpp', 'void f() {\n  // As above.\n  g();\n}\n', ['a.cpp:2']],
  ['at the head of a file', 'a.h', '// SPDX-License-Identifier: MIT\n// What a holds.\n#pragma once\n', ['a.h:2']],
  ['in a second paragraph', 'a.mjs', '// Reads a.\n//\n// Of what it reads.\n', ['a.mjs:3']],
  ['in a shell script', 'a.sh', '# What a does.\na() { :; }\n', ['a.sh:1']],
  ['on a line that only goes on', 'a.h', '// The number\n// Of all of them.\nint a;\n', []],
  ['behind code', 'a.h', 'int a;  // Of all of them\n', []],
  ['in a longer word', 'a.h', '// Offers a.\nint a;  // What a is\n#define As 1\n', []],
]) {
  test(`the check of openings ${found.length > 0 ? 'sees a fragment' : 'passes'} ${what}`, () => assert.deepEqual(fragments(path, text), found));
}
