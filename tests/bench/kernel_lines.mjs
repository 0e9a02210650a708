// Reads what the kernels' measuring program prints, and makes a table of it.
// SPDX-License-Identifier: MIT
import { number, table } from './table.mjs';

// The program's lines as {peak: {threads: GFLOP/s}, cases: [{name, pass, <threads>: figures}]}.
export function readLines(lines) {
  const result = { peak: {}, cases: [] };
  for (const line of lines) {
    const { name, pass, threads, ...figures } = JSON.parse(line);
    if (name === 'peak') {
      result.peak[threads] = figures.gflops;
      continue;
    }
    let entry = result.cases.find((one) => one.name === name && one.pass === pass);
    if (!entry) result.cases.push(entry = { name, pass, by_threads: {} });
    entry.by_threads[threads] = figures;
  }
  return result;
}

export function kernelTable(title, { peak, cases }) {
  const threads = Object.keys(peak);
  const heading = (n) => ['µs/image', 'GFLOP/s', 'of peak', 'direct', 'GB/s'].map((text) => `${text}·${n}`);
  const rows = [`${title}: peak ${threads.map((n) => `${number(peak[n], 1)} GFLOP/s on ${n} thread${n === '1' ? '' : 's'}`).join(', ')}`];
  rows.push(['', ...threads.flatMap(heading)]);
  for (const { name, pass, by_threads: of } of cases) {
    rows.push([`${name} ${pass}`, ...threads.flatMap((n) => {
      const f = of[n] ?? {};
      return [number(f.us_per_image, 2), number(f.done_gflops, 1), f.done_percent === undefined ? '–' : `${number(f.done_percent)} %`,
        f.direct_percent === undefined ? '–' : `${number(f.direct_percent)} %`, number(f.gigabytes_per_second, 1)];
    })]);
  }
  return table(rows);
}
