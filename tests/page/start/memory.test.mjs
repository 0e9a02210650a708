// The program's memory: one piece of fixed size, as large as the browser grants; the largest things that the page can be
// asked for fit into it.
// SPDX-License-Identifier: MIT
import { check, equal, matches, test, until } from '../support/test.mjs';

const MB = 2 ** 20;
const info = (page) => page.run(() => window.descent.info());

// grantLess() makes a browser that grants shared memory up to window.__granted bytes.
function grantLess() {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(wanted) {
      if (wanted.shared && wanted.maximum * 65536 > window.__granted) throw new RangeError('could not allocate memory');
      super(wanted);
    }
  };
}

const granting = (bytes) => `window.__granted = ${bytes}; (${grantLess})()`;

test('memory: of fixed size, and the next smaller one where the browser grants no more', async (stage) => {
  const page = await stage.newPage();  // one that has held the data sets of other tests has a larger heap
  const { memory_bytes: bytes, memory_used: used } = await info(page);
  equal(bytes, 512 * MB, 'memory');
  check(used > 5 * MB && used < 128 * MB, `in use: ${used}`);
  const small = await stage.newPage({ before: granting(300 * MB) });
  equal((await info(small)).memory_bytes, 256 * MB, 'memory of a browser that grants 300 MB');
  await small.run(() => window.descent.network.configure({ dataset: 'procedural digits' }));
  equal((await small.run(() => window.descent.network.train({ steps: 3 }))).step, 3, 'steps');
  small.noErrors();
});

test('memory: a browser that grants too little gets a screen that says so', async (stage) => {
  const page = await stage.newPage({ before: granting(200 * MB), ready: false });
  const text = await until(() => page.tab.evaluate(() => {
    const screen = document.getElementById('screen');
    return screen.dataset.phase === 'problem' && screen.innerText;
  }), 'the screen');
  matches(text, /no 256 MB of memory in one piece \(could not allocate memory\).*close other pages/s, 'the screen');
});

// These take most, one after the other, nothing given back in between: each is there afterwards, or refused with a
// sentence.
const kLargest = {
  'MNIST, batches of 1,024': () => window.descent.network.configure({ dataset: 'mnist', batch_size: 1024 }).then(() => window.descent.network.train({ steps: 2 })).then(() => null),
  'a map of 2,048 x 2,048 starts': () => window.descent.basins({ surface: 'himmelblau', optimizer: 'adam', width: 2048, height: 2048, steps: 10 }).then(() => null),
  'a heat map of 1,024 x 1,024 runs': () => window.descent.heatmap({ optimizer: 'adam', steps: 2, x: { name: 'learning_rate', count: 1024 }, y: { name: 'beta1', count: 1024 } }).then(() => null),
  'a network of 20 million parameters': () => window.descent.network.configure({ network: { layers: [{ type: 'flatten' }, { type: 'dense', units: 8192 }, { type: 'relu' }, { type: 'dense', units: 1600 }, { type: 'dense', units: 10 }] } }).then(() => window.descent.network.train({ steps: 1 })).then(() => null),
};
const kRefused = /no memory for/;

async function longRuns(page, optimizer) {
  const runs = await page.run(async (name) => {
    const { race } = window.descent;
    await race.configure({ surface: 'rosenbrock', noise: 0.1, freeze: false, optimizers: Array.from({ length: 16 }, () => ({ optimizer: name, hyperparameters: { learning_rate: 0.001 } })) });
    await race.step(100000);
    return race.status().optimizers.map(({ step, reason }) => ({ step, reason }));
  }, optimizer);
  const why = /a run keeps at most [\d,]+ steps beside so many others|the page has no memory for a longer record/;
  check(runs.length === 16 && runs.every(({ step, reason }) => step >= 1000 && why.test(reason)), JSON.stringify(runs));
  return runs;
}

for (const megabytes of [512, 256]) {
  test(`memory: ${megabytes} MB hold the largest race, map and data set, or the page says what does not fit`, async (stage, note) => {
    const page = await stage.newPage({ before: granting(megabytes * MB) });
    const told = async (what) => note(`${what}; ${Math.round((await info(page)).memory_used / 1e6)} MB used so far`);
    let refused = 0;
    for (const [what, ask] of Object.entries(kLargest)) {
      const sentence = await page.run(ask).then(() => '', (error) => error.message.split('\n')[0]);
      if (sentence) {
        matches(sentence, kRefused, what);
        refused += 1;
      }
      await told(`${what}: ${sentence || 'there'}`);
    }
    check(megabytes === 512 ? refused <= 1 : refused > 0, `${refused} of them are refused`);
    for (const optimizer of ['adam', 'lbfgs']) {
      const runs = await longRuns(page, optimizer);
      await told(`16 runs of ${optimizer}: ${runs[0].reason}`);
    }
    await page.settled();
    equal((await info(page)).memory_bytes, megabytes * MB, 'memory');
    page.noErrors();
  }, { long: true });
}
