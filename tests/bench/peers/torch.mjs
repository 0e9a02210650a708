// PyTorch, native, from Debian's python3-torch: torch_train.py in a process of its own, which sleeps between its turns.
// Tuned means: OpenBLAS built on OpenMP, so that it shares PyTorch's threads instead of starting its own; OpenBLAS'
// AVX-512 kernels by name where the processor has AVX-512 (it does not know every processor that has); tcmalloc, since a
// training step allocates and frees much; and what torch_train.py --tuned does.
// SPDX-License-Identifier: MIT
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const kPython = '/usr/bin/python3';  // the one Debian's package belongs to
const kLibraries = '/usr/lib/x86_64-linux-gnu';
const kScript = fileURLToPath(new URL('torch_train.py', import.meta.url));

export function hasAvx512(cpuinfo) {
  return /^flags\s*:.*\bavx512f\b/m.test(cpuinfo);
}

function tunedEnvironment() {
  const openblas = join(kLibraries, 'openblas-openmp');
  const tcmalloc = join(kLibraries, 'libtcmalloc_minimal.so.4');
  for (const path of [openblas, tcmalloc]) if (!existsSync(path)) throw new Error(`${path} is missing`);
  return {
    LD_LIBRARY_PATH: openblas,
    LD_PRELOAD: tcmalloc,
    ...(hasAvx512(readFileSync('/proc/cpuinfo', 'utf8')) ? { OPENBLAS_CORETYPE: 'SkylakeX' } : {}),
  };
}

// Lines of JSON to and from a process; a process that ends early says why.
class Conversation {
  constructor(command, words, environment) {
    this.process = spawn(command, words, { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.errors = '';
    this.process.stderr.on('data', (text) => { this.errors = `${this.errors}${text}`.slice(-2000); });
    this.ended = new Promise((_, reject) => {
      this.process.on('error', reject);
      this.process.on('exit', (code) => reject(new Error(`ended with ${code}: ${this.errors.trim().split('\n').at(-1)}`)));
    });
    this.ended.catch(() => {});
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async answer() {
    const { value, done } = await Promise.race([this.lines.next(), this.ended]);
    return done ? this.ended : JSON.parse(value);
  }

  ask(question) {
    this.process.stdin.write(`${JSON.stringify(question)}\n`);
    return this.answer();
  }

  close() {
    this.process.stdin.end();
  }
}

// The package's version: what PyTorch itself says there does not name the release.
function debianVersion() {
  return execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'python3-torch'], { encoding: 'utf8' }).trim();
}

// data: folder with MNIST's files.
export async function openTorch({ data, threads, tuned, seed = 1 }) {
  const words = [kScript, data, String(threads), '--seed', String(seed), ...(tuned ? ['--tuned'] : [])];
  const torch = new Conversation(kPython, words, tuned ? tunedEnvironment() : {});
  const { what, threads: used } = await torch.answer();
  return {
    what: `PyTorch ${debianVersion()}, native, ${what}`,
    threads: used,
    train: (ms) => torch.ask({ train: ms / 1000 }),
    evaluate: (batch) => torch.ask({ evaluate: batch }),
    epochs: (count) => torch.ask({ epochs: count }),
    cycle: (recipe) => torch.ask({ cycle: recipe }),
    close: () => torch.close(),
  };
}
