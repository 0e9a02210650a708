// The processor's peak in the same browser and the same minute as what is measured beside it: a tab with the kernels'
// program, which measures its peak only.
// SPDX-License-Identifier: MIT
import { makeServer } from '../../web/setup/server.mjs';
import { kernelsProgram, makeBenchPage, runInTab } from './kernels.mjs';

export class PeakMeter {
  // stage: whose browser is used. simd: 'relaxed' or 'simd128', as the page at hand.
  static async open(stage, simd) {
    const meter = new PeakMeter();
    meter.simd = simd;
    meter.server = await makeServer({ root: await makeBenchPage([kernelsProgram(simd)]) });
    await new Promise((resolve) => meter.server.listen(0, '127.0.0.1', resolve));
    meter.tab = await (await stage.browser.newContext()).newPage();
    await meter.tab.goto(`http://localhost:${meter.server.address().port}/`);
    return meter;
  }

  // {1: GFLOP/s, 2: …} for the numbers of threads.
  async measure(threads = [1, 2]) {
    const words = ['--rounds', '20', ...threads.flatMap((n) => ['--threads', String(n)]), 'peak'];
    const lines = await runInTab(this.tab, kernelsProgram(this.simd), words);
    return Object.fromEntries(lines.map((line) => JSON.parse(line)).map((one) => [one.threads, one.gflops]));
  }

  async close() {
    await this.tab.context().close();
    this.server.close();
  }
}

// The best that is computed directly in full could be: images a second of a step of 7,698,432 multiply-adds an image.
export const kDirectStep = 7698432;
export const directBound = (gflops) => (gflops * 1e9) / (2 * kDirectStep);
