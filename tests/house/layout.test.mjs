// Formatting, shaders and sizes: clang-format finds nothing to change, every shader compiles, files stay within budget,
// and every file of ours opens with a comment and carries its licence.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { files, root, sourceFiles } from './rules.mjs';

// The formatter's results differ between versions; .clang-format is written for 14.
function formatterVersion() {
  return execFileSync('clang-format', ['--version'], { encoding: 'utf8' }).match(/version (\d+)/)?.[1];
}

function formatted(text) {
  return execFileSync('clang-format', [`--style=file:${join(root, '.clang-format')}`], { input: text, encoding: 'utf8' });
}

test('clang-format has nothing to change', { skip: formatterVersion() !== '14' && 'needs clang-format 14' }, () => {
  const ours = files(['engine', 'web', 'tests'], /\.(h|cpp)$/);
  const wrong = ours.filter((path) => {
    const run = spawnSync('clang-format', ['--dry-run', '-Werror', join(root, path)], { encoding: 'utf8' });
    return run.status !== 0;
  });
  assert.deepEqual(wrong, [], 'run clang-format -i on these');
});

test('the formatting check sees a wrong file', { skip: formatterVersion() !== '14' && 'needs clang-format 14' }, () => {
  assert.notEqual(formatted('int  f( ){return 1 ;}\n'), 'int  f( ){return 1 ;}\n');
});

function shaderErrors(path) {
  const run = spawnSync('glslangValidator', [path], { encoding: 'utf8' });
  return run.status === 0 ? '' : run.stdout;
}

test('every shader compiles as GLSL ES 3.00', () => {
  for (const path of files(['shaders'], /\.(vert|frag)$/)) {
    assert.match(readFileSync(join(root, path), 'utf8'), /^#version 300 es/, `${path} starts with its version`);
    assert.equal(shaderErrors(join(root, path)), '', path);
  }
});

test('the shader check sees a wrong shader', () => {
  const folder = mkdtempSync(join(tmpdir(), 'descent-shader-'));
  const path = join(folder, 'wrong.frag');
  writeFileSync(path, '#version 300 es\nprecision highp float;\nout vec4 colour;\nvoid main() { colour = vec3(1.0); }\n');
  assert.notEqual(shaderErrors(path), '');
  rmSync(folder, { recursive: true });
});

test('files stay within their budget', () => {
  const long = sourceFiles(['engine', 'web', 'tests'])
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > (path.startsWith('engine/kernels/') ? 400 : 300));
  assert.deepEqual(long, []);
});

test('every file opens with a comment and names its licence', () => {
  const without = sourceFiles(['engine', 'web', 'tests'])
    .filter(({ text }) => !text.startsWith('//') || !text.slice(0, 2500).includes('SPDX-License-Identifier: MIT'))
    .map(({ path }) => path);
  assert.deepEqual(without, []);
});

test('bare doctest::Approx is not used', () => {
  const users = sourceFiles(['tests']).filter(({ text }) => /doctest::Approx|\bApprox\(/.test(text)).map(({ path }) => path);
  assert.deepEqual(users, []);
});
