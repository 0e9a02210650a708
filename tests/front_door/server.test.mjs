// The page's server: what it sends, and what it refuses, on a site made for the test.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { makeServer } from '../../web/setup/server.mjs';

let folder;
let server;
let plain;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'descent-server-'));
  const site = join(folder, 'site');
  mkdirSync(join(site, 'data'), { recursive: true });
  mkdirSync(join(folder, 'site-beside'));
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>t</title>' + 'x'.repeat(2000));
  writeFileSync(join(site, 'a.wasm'), '\0asm');
  writeFileSync(join(site, 'a b.js'), 'export {};');
  writeFileSync(join(site, 'data', 'digits.gz'), 'gz');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site-beside', 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'));
  symlinkSync(join(site, 'a.wasm'), join(site, 'inner.wasm'));
  server = await listening({ root: site });
  plain = await listening({ root: site, isolation: false });
});

after(() => {
  server.close();
  plain.close();
  rmSync(folder, { recursive: true });
});

async function listening(options) {
  const made = await makeServer(options);
  await new Promise((done) => made.listen(0, '127.0.0.1', done));
  return made;
}

// get() does without fetch(), which would tidy the address before sending it.
function get(path, { method = 'GET', headers = {}, from = server } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: from.address().port, path, method, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('the front page comes with isolation, policy and type', async () => {
  const { status, headers, body } = await get('/');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers['content-security-policy'], /script-src 'self' 'wasm-unsafe-eval'/);
  assert.doesNotMatch(headers['content-security-policy'], /'unsafe-eval'|script-src[^;]*'unsafe-inline'/);
  assert.equal(Number(headers['content-length']), body.length);
});

test('types: WebAssembly, scripts with a space in the name, gzip data as it is', async () => {
  assert.equal((await get('/a.wasm')).headers['content-type'], 'application/wasm');
  assert.equal((await get('/a%20b.js?x=1')).headers['content-type'], 'text/javascript; charset=utf-8');
  const data = await get('/data/digits.gz', { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(data.headers['content-type'], 'application/gzip');
  assert.equal(data.headers['content-encoding'], undefined);
});

test('a browser that takes gzip gets it, and 304 for what it has', async () => {
  const packed = await get('/', { headers: { 'Accept-Encoding': 'gzip, br' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.match(gunzipSync(packed.body).toString(), /^<!doctype html>/);
  const again = await get('/', { headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': packed.headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test('HEAD has the headers and no body; other methods are refused', async () => {
  const head = await get('/', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const answer = await get('/', { method });
    assert.equal(answer.status, 405, method);
    assert.equal(answer.headers.allow, 'GET, HEAD');
  }
});

for (const path of [
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2E%2E%2Fsecret.txt',
  '/data/../../secret.txt',
  '/data/%2e%2e/%2e%2e/secret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%252e%252e/secret.txt',
  '/../site-beside/secret.txt',
  '/link.txt',
  '/data',
  '/data/',
  '/nothing.js',
  '/index.html%00.js',
  '/%',
  '//etc/passwd',
  'http://other/../secret.txt',
]) {
  test(`nothing is sent for ${path}`, async () => {
    const { status, body } = await get(path);
    assert.equal(status, 404);
    assert.doesNotMatch(body.toString(), /secret|root:/);
  });
}

test('a link that stays inside the site is followed', async () => {
  assert.equal((await get('/inner.wasm')).status, 200);
});

test('without isolation the two headers are gone and the policy stays', async () => {
  const { headers } = await get('/', { from: plain });
  assert.equal(headers['cross-origin-opener-policy'], undefined);
  assert.equal(headers['cross-origin-embedder-policy'], undefined);
  assert.match(headers['content-security-policy'], /default-src 'self'/);
});
