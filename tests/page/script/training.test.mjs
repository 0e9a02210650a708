// Training for real: one epoch reaches what it must, the page is drawn and answers meanwhile, and a hidden tab goes on.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const kMnistAccuracy = 0.975;       // one epoch with the seed configuration
const kProceduralAccuracy = 0.90;   // the built-in digits are fewer: three epochs

const network = (page) => page.run(() => window.descent.network.status());

test('training: one epoch of MNIST reaches 97.5 % on the test set, and frames are drawn meanwhile', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  const mnist = await page.run(async () => (await (await fetch('data/manifest.json')).json()).name) !== null;
  await page.click('Network', 'tab');
  await until(async () => (await network(page)).state === 'ready', 'the data set', 60);
  equal((await network(page)).dataset, mnist ? 'MNIST' : 'procedural digits', 'data set');
  await page.settled();
  await page.run(() => window.descent.ui.frames());
  const status = await page.run((epochs) => window.descent.network.train({ epochs }), mnist ? 1 : 3);
  const frames = await page.run(() => window.descent.ui.frames());
  const goal = mnist ? kMnistAccuracy : kProceduralAccuracy;
  const good = ({ accuracy }) => check(accuracy >= goal, `test accuracy ${accuracy} is below ${goal}`);
  good(status.test);
  await mustFail(() => good({ accuracy: 0.1 }), 'accuracy of guessing');
  // A page that the processor draws shows the training four times a second; others do so more often.
  check(frames.drawn >= Math.min(8, 2 * status.seconds), `${frames.drawn} frames drawn in ${status.seconds} s of training`);
  note(`${status.dataset}: test accuracy ${(100 * status.test.accuracy).toFixed(2)} %, loss ${status.test.loss.toFixed(4)}, ${status.seconds.toFixed(1)} s of training, ${frames.drawn} frames drawn`);
  await page.tab.screenshot({ path: `${stage.artifacts}/network-trained.png` });
  page.noErrors();
}, { seconds: 900 });

test('training: the page answers while all threads are busy', async (stage) => {
  const page = await smallPage(stage, { sizes: { train: 2000, test: 20 } });
  const seen = await page.run(async () => {
    window.descent.network.train({ epochs: 1000 }).catch(() => {});
    const steps = [];
    while (window.descent.network.status().step === 0) await new Promise((resolve) => { requestAnimationFrame(resolve); });
    // Each answer comes from another worker, and between two of them training has gone on.
    while (steps.length < 20) {
      await window.descent.evaluate({ surface: 'booth', point: [steps.length, 0] });
      const { step, state } = window.descent.network.status();
      if (state !== 'training' && state !== 'evaluating') return { steps, state };
      if (step > 0 && step !== steps.at(-1)) steps.push(step);
    }
    const paused = await window.descent.network.pause();
    return { steps, state: paused.state };
  });
  equal([seen.steps.length, seen.state], [20, 'paused'], 'answers while training, and the pause');
});

test('training: goes on in a background tab', async (stage, note) => {
  const context = await stage.context();
  const page = await stage.newPage({ context });
  await page.run(async () => {
    await window.descent.network.configure({ dataset: 'procedural digits' });
    window.__training = window.descent.network.train({ epochs: 1000 });
  });
  const step = async () => (await network(page)).step;
  await until(async () => (await step()) > 2, 'training');
  const front = await context.newPage();
  await front.goto('about:blank');
  await front.bringToFront();
  // A headless tab may count as visible all the same; what hides it for the program is that no display callback comes.
  await page.run(() => { window.requestAnimationFrame = () => 0; });
  const before = await step();
  await until(async () => (await step()) > before + 5, 'steps in the background');
  // Answers come as well, without any frame.
  const paused = await page.run(() => window.descent.network.pause());
  equal(paused.state, 'paused', 'pause in the background');
  equal((await page.run(() => window.__training)).state, 'paused', 'the training’s promise');
  note(`from step ${before} to ${await step()}`);
});
