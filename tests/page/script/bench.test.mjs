// The measuring of the page: that its figures are there and make sense, never how large they are.
// SPDX-License-Identifier: MIT
import { pauseLatency, predictOne } from '../../bench/answers.mjs';
import { lensRows } from '../../bench/lens_figures.mjs';
import { lensTimes } from '../../bench/lens_times.mjs';
import { memoryAtBatch } from '../../bench/memory.mjs';
import { imagesPerSecond, trainingSpeeds } from '../../bench/training.mjs';
import { longRace, surfaceFrames, surfaceRows } from '../../bench/surface_frames.mjs';
import { check, equal, mustFail, test } from '../support/test.mjs';
import { smallPage } from '../support/network.mjs';

const positive = (value, what) => check(Number.isFinite(value) && value > 0, `${what} is ${value}`);

test('bench: measures training, pauses and answers of the page', async (stage) => {
  // An epoch of 625 steps at batch 32: longer than a window on any machine, also where the page reports only every tenth of a second.
  const page = await smallPage(stage, { sizes: { train: 20000, test: 10 } });
  await mustFail(() => imagesPerSecond(page, 20, 8), 'speed of a page that does not train');
  const speeds = await trainingSpeeds(page, [{ batch: 8, threads: 1 }, { batch: 32, threads: 2 }], { rounds: 2, ms: 30, settle: 50 });
  equal(speeds.map(({ batch, threads }) => [batch, threads]), [[8, 1], [32, 2]], 'configurations');
  for (const { images_per_second: found } of speeds) {
    equal(found.values.length, 2, 'windows');
    positive(found.median, 'images a second');
  }
  positive((await pauseLatency(page, 1)).median, 'time until a pause takes effect');
  positive((await predictOne(page, 3)).median, 'time of a prediction');
  equal(JSON.parse(JSON.stringify(speeds)), speeds, 'figures as JSON');
  page.noErrors();
});

test('bench: measures what the lenses cost', async (stage) => {
  const page = await smallPage(stage, { sizes: { train: 20000, test: 10 } });
  const found = await lensTimes(page, { rounds: 1, ms: 30, lenses: { answers: 2, clicks: 1, studies: 1 } });
  for (const [name, times] of Object.entries({ ...found.rest, click: found.click })) positive(times.median, name);
  for (const [lens, share] of Object.entries(found.ratios)) positive(share, `speed with ${lens}`);
  equal(found.same_bits, true, 'same bits');
  equal(lensRows(found).map((row) => row.length), Array(18).fill(2), 'rows of the table');
  page.noErrors();
});

test('bench: measures memory', async (stage) => {
  const memory = await memoryAtBatch(stage, 8, 200);
  positive(memory.network_bytes, 'memory of the network');
  check(memory.program_bytes > memory.network_bytes, `the program has ${memory.program_bytes} bytes, its network ${memory.network_bytes}`);
});

test('bench: measures frames of the surface and the answer to the wheel', async (stage) => {
  const found = await surfaceFrames(stage, { ms: 100, steps: 60, turns: 2, settle: 50 });
  for (const [name, { playing, dragged }] of Object.entries({ flat: found.flat, mesh: found.mesh })) {
    positive(playing.fps, `frames a second of ${name}, playing`);
    positive(playing.p95_ms, `intervals of ${name}`);
    positive(dragged.fps, `frames a second of ${name}, dragged`);
  }
  positive(found.wheel.sampled_ms.median, 'time to heights of the new view');
  check(found.wheel.drawn_ms.values.length === 2 && found.optimizers === 10, 'turns and optimizers');
  equal(surfaceRows(found).map((row) => row.length), [2, 2, 2, 2], 'rows of the table');
  const page = await longRace(stage, 30);
  const { optimizers } = await page.run(() => window.descent.race.status());
  check(optimizers.length === 10 && optimizers.every(({ status }) => status === 'running'), 'ten optimizers that go on');
});
