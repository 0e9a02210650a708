// The kernels' part: runs the measuring program (tests/bench/kernels/) in Chromium with relaxed and with plain SIMD and
// natively, and makes tables of the lines it prints. Every flavour is compared with a peak of its own, measured in turns
// with its kernels. "done" counts the arithmetic of the algorithm at hand, "direct" that of the separate layers, so a
// kernel that saves arithmetic may exceed 100 % of the peak there.
// SPDX-License-Identifier: MIT
import { execFile } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { kRoot, Stage } from '../page/support/stage.mjs';
import { kernelTable, readLines } from './kernel_lines.mjs';

const kFlavours = [
  { name: 'relaxed', title: 'Chromium, relaxed SIMD' },
  { name: 'simd128', title: 'Chromium, plain SIMD (simd128)' },
  { name: 'native', title: 'native, 128-bit SIMD without fused multiply-add' },
];

// A folder with the page and the programs named, beside the site and never in it.
export async function makeBenchPage(programs) {
  const folder = join(kRoot, 'build/bench-page');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(join(kRoot, 'tests/bench/page'), folder, { recursive: true });
  for (const program of programs) {
    for (const ending of ['js', 'wasm']) {
      const file = `${program}.${ending}`;
      await cp(join(kRoot, 'build/web/tests', file), join(folder, file));
    }
  }
  return folder;
}

export const kernelsProgram = (flavour) => `kernels_bench_${flavour}`;

export async function runInTab(tab, program, programArguments) {
  await tab.waitForFunction(() => window.measureKernels !== undefined);
  return tab.evaluate(([name, words]) => window.measureKernels(name, words), [program, programArguments]);
}

async function inBrowser(stage, flavour, programArguments) {
  const tab = await (await stage.context()).newPage();
  await tab.goto(stage.origin);
  const lines = await runInTab(tab, kernelsProgram(flavour), programArguments);
  await stage.closePages();
  return lines;
}

async function natively(programArguments) {
  const program = join(kRoot, 'build/release/tests/kernels_bench_native');
  return (await promisify(execFile)(program, programArguments)).stdout.trim().split('\n');
}

export async function measureKernels({ quick, filters, flavours }, say) {
  const programArguments = [...(quick ? ['--rounds', '1'] : []), ...filters];
  const stage = await Stage.open({ artifacts: '', root: await makeBenchPage(flavours.filter((name) => name !== 'native').map(kernelsProgram)) });
  const result = { browser: stage.browser.version(), flavours: {} };
  try {
    for (const { name, title } of kFlavours.filter((one) => flavours.includes(one.name))) {
      say(`kernels: ${title}`);
      const lines = name === 'native' ? await natively(programArguments) : await inBrowser(stage, name, programArguments);
      result.flavours[name] = { title, ...readLines(lines) };
    }
  } finally {
    await stage.close();
  }
  return result;
}

export const kernelTables = ({ flavours }) => Object.values(flavours).map((one) => kernelTable(one.title, one)).join('\n\n');
