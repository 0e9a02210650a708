// Formatting, shaders and sizes: clang-format finds nothing to change, every shader compiles, files stay within budget,
// and every file of ours opens with a comment and carries its licence.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  const run = spawnSync('clang-format', ['--dry-run', '--Werror', ...ours], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
  const wrong = new Set(run.stderr.match(/^\S+(?=:\d+:\d+: error)/gm));
  assert.deepEqual([...wrong], [], 'run clang-format -i on these');
  assert.equal(run.status, 0);
});

test('the formatting check sees a wrong file', { skip: formatterVersion() !== '14' && 'needs clang-format 14' }, () => {
  assert.notEqual(formatted('int  f( ){return 1 ;}\n'), 'int  f( ){return 1 ;}\n');
});

// A program's stages as the renderer puts them together: the prelude, then the files of one list in braces.
function shaderStages() {
  const fileOf = new Map(files(['shaders'], /./).map((path) => [embeddedName(path), path]));
  const lists = sourceFiles(['web/render']).flatMap(({ text }) => text.match(/\{\s*shaders::k\w+(,\s*shaders::k\w+)*\s*\}/g) ?? []);
  return [...new Set(lists)].map((list) => list.match(/k\w+/g).map((name) => fileOf.get(name) ?? name));
}

function embeddedName(path) {
  return `k${path.split('/').pop().split(/[^A-Za-z0-9]+/).map((part) => part[0].toUpperCase() + part.slice(1)).join('')}`;
}

function shaderErrors(stage, text) {
  const run = spawnSync('glslangValidator', ['--stdin', '-S', stage], { input: text, encoding: 'utf8' });
  return run.status === 0 ? '' : run.stdout;
}

const read = (path) => readFileSync(join(root, path), 'utf8');

test('every shader compiles as GLSL ES 3.00, and every one is used', () => {
  const stages = shaderStages();
  for (const parts of stages) {
    const text = ['shaders/prelude.glsl', ...parts].map(read).join('\n');
    assert.match(text, /^#version 300 es/);
    assert.equal(shaderErrors(parts.at(-1).split('.').pop(), text), '', parts.join(' + '));
  }
  const unused = files(['shaders'], /\.(vert|frag)$/).filter((path) => !stages.flat().includes(path));
  assert.deepEqual(unused, []);
});

test('the shader check sees a wrong shader', () => {
  assert.notEqual(shaderErrors('frag', `${read('shaders/prelude.glsl')}out vec4 c;\nvoid main() { c = vec3(1.0); }\n`), '');
});

// The formatter does not break comments, so their length is looked at here.
const tooLong = (text) => text.split('\n').filter((line) => /^\s*\/\//.test(line) && [...line].length > 120);

test('no comment is wider than 120 characters', () => {
  const long = sourceFiles(['engine', 'web', 'tests']).filter(({ text }) => tooLong(text).length > 0).map(({ path }) => path);
  assert.deepEqual(long, []);
});

test('the check of comments sees a wide one', () => assert.equal(tooLong(`int a;\n// ${'x'.repeat(118)}\n`).length, 1));

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
