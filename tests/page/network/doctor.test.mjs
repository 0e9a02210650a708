// The network's doctor: what is wrong stands above the lens in a sentence, what is offered has been tried and takes a
// click, the former run is one Undo away; and the learning rate's red zone.
// SPDX-License-Identifier: MIT
import { inSight } from '../support/rail.mjs';
import { check, close, equal, matches, test, until } from '../support/test.mjs';

const status = (page) => page.run(() => window.descent.network.status());
const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);
const startsWith = async (page, text) => (await page.items()).find((item) => item.label.startsWith(text));

// The Network workspace on procedural digits, with a network whose steps take a moment.
async function digitsPage(stage, learning_rate) {
  const page = await stage.page();
  await page.run((rate) => window.descent.network.configure({
    dataset: 'procedural digits', optimizer: 'adam', hyperparameters: { learning_rate: rate }, batch_size: 16,
    network: [{ type: 'flatten' }, { type: 'dense', units: 24 }, { type: 'relu' }, { type: 'dense', units: 10 }],
  }), learning_rate);
  await page.click('Network', 'tab');
  await page.settled();
  return page;
}

test('doctor: a rate of 10 is found, explained and replaced by one that was tried, and Undo goes back', async (stage) => {
  const page = await digitsPage(stage, 10);
  check(!(await labelled(page, 'network diagnosis')), 'nothing is said of a run that has not begun');
  await page.click('Train', 'button');
  const { diagnosis } = await until(async () => {
    const now = await status(page);
    return now.diagnosis?.advice ? now : null;
  }, 'a diagnosis with advice', 60);
  check(['chance', 'dead_relus', 'diverged'].includes(diagnosis.kind), diagnosis.kind);
  const { learning_rate: rate, loss } = diagnosis.advice;
  check(rate < 1 && loss[1] < loss[0], `the offer ${rate}: ${loss}`);
  await until(() => labelled(page, 'network diagnosis'), 'the sentence');
  matches((await labelled(page, 'network diagnosis')).text, /step \d+\.$/, 'the sentence');
  check(!(await labelled(page, 'network diagnosis reasons')), 'numbers only when asked for');
  await page.click('Why', 'button');
  matches((await page.item('network diagnosis reasons', 'text')).text, /^Because .*\d.* Tried: 20 steps from step 0 with .* took the loss/, 'the numbers');
  const offer = await until(() => startsWith(page, 'Back to step 0 with '), 'the offer');
  await page.clickAt(page.center(offer));  // it may say a better rate by now
  await until(async () => (await status(page)).train.accuracy > 0.5, 'a run that learns', 60);
  const state = await page.run(() => window.descent.state().network.hyperparameters.learning_rate);
  check(state > 0 && state < 1, `the rate ${state}`);
  await page.click('Pause', 'button');
  equal((await status(page)).diagnosis, null, 'the diagnosis of a run that learns');
  check(!(await labelled(page, 'network diagnosis')), 'nothing is said any more');
  await page.key('Control+z');
  await until(async () => (await page.run(() => window.descent.state().network.hyperparameters.learning_rate)) === 10, 'the former rate');
  await until(async () => (await status(page)).step >= 200, 'the former run');
  page.noErrors();
});

test('doctor: a note that is closed stays closed', async (stage) => {
  const page = await digitsPage(stage, 1e-7);
  await page.run(() => window.descent.network.step(1500));
  equal((await status(page)).diagnosis?.kind, 'no_progress', 'the diagnosis');
  matches((await page.item('network diagnosis', 'text')).text, /^Hardly any progress in [\d,]+ steps\.$/, 'the sentence');
  await page.click('Close note', 'button');
  await until(async () => !(await labelled(page, 'network diagnosis')), 'no note');
  await page.run(() => window.descent.network.step(40));
  await page.settled();
  check(!(await labelled(page, 'network diagnosis')), 'no note later either');
  page.noErrors();
});

test('rate finder: the slider has its red zone, found anew for another optimizer', async (stage) => {
  const page = await digitsPage(stage, 0.001);
  const { rates } = await until(async () => {
    const now = await status(page);
    return now.rates ? now : null;
  }, 'the rates');
  check(rates.largest > 0.003 && rates.largest < 10, `the largest rate ${rates.largest}`);
  const zone = await inSight(page, 'stability bound', 'text');
  matches(zone.text, /^unstable (above|>) /, 'the caption');
  close(zone.value, rates.largest, 1e-12, 'its number');
  await page.run(() => window.descent.network.configure({ optimizer: 'gradient_descent' }));
  await until(async () => (await status(page)).rates?.largest > rates.largest, 'the rates of gradient descent');
  await page.settled();
  check((await inSight(page, 'stability bound', 'text')).value > rates.largest, 'another zone');
  page.noErrors();
});
