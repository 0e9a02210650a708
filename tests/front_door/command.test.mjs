// The command ./descent: its help, its refusals, and serving, without setting anything up.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const kCommands = ['setup', 'build', 'serve', 'test', 'bench', 'env', 'clean'];
let folder;

// A copy of the front door alone, with a small site, so that nothing of the checkout is touched.
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-command-'));
  cpSync(join(root, 'descent'), join(folder, 'descent'));
  cpSync(join(root, 'web/setup'), join(folder, 'web/setup'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>');
});

after(() => rmSync(folder, { recursive: true }));

const environment = () => ({ ...process.env, DESCENT_CACHE: join(folder, 'cache') });

function run(...args) {
  return spawnSync(join(folder, 'descent'), args, { encoding: 'utf8', env: environment(), timeout: 30000 });
}

test('without arguments it explains itself and names every command', () => {
  const { status, stdout } = run();
  assert.equal(status, 0);
  for (const command of kCommands) assert.match(stdout, new RegExp(`descent ${command}`));
});

for (const command of kCommands) {
  test(`${command} --help describes ${command} and does nothing`, () => {
    const { status, stdout } = run(command, '--help');
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`^./descent ${command}`));
  });

  test(`${command} refuses an argument it does not know`, () => {
    const { status, stderr } = run(command, '--wrong');
    assert.equal(status, 1);
    assert.match(stderr, /does not know '--wrong'/);
    assert.match(stderr, /--help/);
  });
}

test('an unknown command is named and the known ones are listed', () => {
  const { status, stderr } = run('srve');
  assert.equal(status, 1);
  assert.match(stderr, /no command 'srve'/);
  assert.match(stderr, /descent serve/);
});

for (const port of ['abc', '70000', '-1', '']) {
  test(`serve refuses the port '${port}'`, () => {
    const { status, stderr } = run('serve', '--no-build', '--port', port);
    assert.equal(status, 1);
    assert.match(stderr, /is not a port/);
  });
}

test('a port in use is said in a sentence, with another one to try', async () => {
  const other = createServer();
  await new Promise((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address();
  const { status, stderr } = run('serve', '--no-build', '--port', String(port));
  other.close();
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`Port ${port} is already in use`));
  assert.match(stderr, /--port \d+/);
  assert.doesNotMatch(stderr, /at .*\.mjs|Error:/);
});

test('serve prints its address, listens on 127.0.0.1 only and stops on a signal', async () => {
  const child = spawn(join(folder, 'descent'), ['serve', '--no-build', '--port', '0'], { env: environment() });
  const line = await new Promise((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
  const port = Number(line.match(/http:\/\/localhost:(\d+)/)?.[1]);
  assert.ok(port > 0, line);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(answer.status, 200);
  await assert.rejects(fetch(`http://127.0.0.2:${port}/`), 'other addresses of this machine are not served');
  child.kill('SIGTERM');
  const code = await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(code, 0);
});

test('without a site serve says how to get one', () => {
  rmSync(join(folder, 'dist'), { recursive: true });
  const { status, stderr } = run('serve', '--no-build');
  assert.equal(status, 1);
  assert.match(stderr, /no site in dist/);
});
