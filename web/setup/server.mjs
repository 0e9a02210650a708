// Serves a folder of static files to this machine only: node server.mjs --root dist --port 8080 [--no-isolation]
//
// Promises: listens on 127.0.0.1; answers GET and HEAD; sends nothing from outside the folder, whatever the address
// spells (encoded dots, backslashes, links that lead out); the headers make the page cross-origin isolated
// (COOP, COEP), which threads in WebAssembly need, and keep foreign code out (CSP). --no-isolation leaves COOP and COEP
// away, as a plain static host does, so that the page's service worker can be tested.
// SPDX-License-Identifier: MIT
import { createServer } from 'node:http';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';

const compress = promisify(gzip);

const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.gz': 'application/gzip',
};
const kCompressed = new Set(['.html', '.js', '.mjs', '.css', '.json', '.webmanifest', '.wasm', '.svg', '.ts', '.txt']);

const kContentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

function commonHeaders(isolation) {
  const headers = {
    'Content-Security-Policy': kContentSecurityPolicy,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
  };
  if (isolation) {
    headers['Cross-Origin-Opener-Policy'] = 'same-origin';
    headers['Cross-Origin-Embedder-Policy'] = 'require-corp';
  }
  return headers;
}

// The file an address means, or null: decoded once, without climbing, and still inside after links are followed.
async function locate(root, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path) || path.split('/').includes('..')) return null;
  try {
    let file = await realpath(join(root, path));
    if (file !== root && !file.startsWith(root + sep)) return null;
    let facts = await stat(file);
    if (facts.isDirectory()) {
      if (!path.endsWith('/')) return null;
      file = await realpath(join(file, 'index.html'));
      if (!file.startsWith(root + sep)) return null;
      facts = await stat(file);
    }
    return facts.isFile() ? { file, facts } : null;
  } catch {
    return null;
  }
}

// Compressed bodies are kept while the file stays the same; the site has a dozen files.
class CompressedFiles {
  #bodies = new Map();

  async get(file, tag) {
    const known = this.#bodies.get(file);
    if (known?.tag === tag) return known.body;
    const body = await compress(await readFile(file), { level: 9 });
    this.#bodies.set(file, { tag, body });
    return body;
  }
}

function refuse(response, status, text, headers) {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

export async function makeServer({ root, isolation = true }) {
  const top = await realpath(root);
  const headers = commonHeaders(isolation);
  const compressed = new CompressedFiles();
  return createServer(async (request, response) => {
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        refuse(response, 405, 'Only GET and HEAD are answered here.', { ...headers, Allow: 'GET, HEAD' });
        return;
      }
      // The folder may be replaced by a new build while the server runs.
      const found = await locate(await realpath(root).catch(() => top), request.url);
      if (!found) {
        refuse(response, 404, 'There is no such file in this site.', headers);
        return;
      }
      const { file, facts } = found;
      const type = extname(file).toLowerCase();
      const zipped = kCompressed.has(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const tag = `"${facts.size.toString(16)}-${Math.round(facts.mtimeMs).toString(16)}${zipped ? '-gz' : ''}"`;
      const own = { ...headers, 'Content-Type': kTypes[type] ?? 'application/octet-stream', ETag: tag, Vary: 'Accept-Encoding' };
      if (request.headers['if-none-match'] === tag) {
        response.writeHead(304, own);
        response.end();
        return;
      }
      const body = zipped ? await compressed.get(file, tag) : await readFile(file);
      if (zipped) own['Content-Encoding'] = 'gzip';
      own['Content-Length'] = body.length;
      response.writeHead(200, own);
      response.end(request.method === 'HEAD' ? undefined : body);
    } catch {
      if (!response.headersSent) refuse(response, 500, 'The file could not be read.', headers);
      else response.destroy();
    }
  });
}

function argument(name, fallback) {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : fallback;
}

async function main() {
  const port = Number(argument('--port', '8080'));
  const server = await makeServer({ root: argument('--root', 'dist'), isolation: !process.argv.includes('--no-isolation') });
  server.on('error', (error) => {
    const reason = {
      EADDRINUSE: `Port ${port} is already in use. Stop what listens there, or choose another: ./descent serve --port ${port + 1}`,
      EACCES: `Port ${port} needs special rights. Choose one above 1023: ./descent serve --port 8080`,
    }[error.code];
    console.error(reason ?? `The server could not start: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => {
    console.log(`Descent is served on http://localhost:${server.address().port} (Ctrl+C stops it)`);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
