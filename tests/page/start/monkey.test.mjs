// Random actions on the page, always the same ones for a seed: nothing that a person, a script or a link does in whatever
// order ends the program or makes Dear ImGui complain. DESCENT_MONKEY_SEED begins with another seed; the long mode plays
// 10,000 actions in each size.
// SPDX-License-Identifier: MIT
import { play, randomActions, shrink } from '../support/monkey.mjs';
import { raceUntil } from '../support/race.mjs';
import { check, equal, matches, mustFail, test } from '../support/test.mjs';

const kSizes = { desktop: { width: 1280, height: 720 }, phone: { width: 390, height: 844 } };
const kOnOnePage = 80;  // few enough to be played many times when one of them breaks something
const kFew = 40;
const kMany = 10000;
const kFirstSeed = Number(process.env.DESCENT_MONKEY_SEED ?? 1);
const kEscapeThenWheel = 281;  // a seed whose second and third actions are these

// Fingers and mouse work side by side. All is drawn but where a fault is planted.
async function playOn(stage, size, actions, before) {
  const page = await stage.newPage({ viewport: size, hasTouch: true, before, pixels: before === undefined });
  const broken = await play(page, size, actions);
  await stage.tabs.giveBack(page);
  return broken;
}

// Fails with the smallest sequence that breaks the page.
async function mustStand(stage, size, seed, { count = kOnOnePage, before } = {}) {
  const actions = randomActions(seed, count);
  const broken = await playOn(stage, size, actions, before);
  if (!broken) return;
  const few = await shrink(actions.slice(0, broken.at + 1), async (part) => (await playOn(stage, size, part, before))?.reason === broken.reason);
  throw new Error(`seed ${seed}: ${broken.reason}, after ${few.length} actions: ${JSON.stringify(few)}`);
}

for (const [name, size] of Object.entries(kSizes)) {
  test(`monkey, ${name}: ${kFew} random actions do no harm`, (stage) => mustStand(stage, size, kFirstSeed, { count: kFew }), { seconds: 1200 });
  test(`monkey, ${name}: ${kMany} random actions do no harm`, async (stage) => {
    for (let seed = kFirstSeed; seed < kFirstSeed + kMany / kOnOnePage; seed += 1) await mustStand(stage, size, seed);
  }, { seconds: 14400, long: true });
}

test('monkey: finds a fault that takes two actions, and makes the sequence small (negative control)', async (stage) => {
  const planted = () => {
    let armed = false;
    addEventListener('keydown', ({ key }) => { armed ||= key === 'Escape'; }, true);
    addEventListener('wheel', () => { if (armed) console.error('planted'); }, true);
  };
  let message = '';
  await mustStand(stage, kSizes.desktop, kEscapeThenWheel, { count: kFew, before: planted }).catch((error) => { message = error.message; });
  const [, count, actions] = message.match(/: planted, after (\d+) actions: (.*)$/) ?? [];
  check(actions, `not found: ${message}`);
  const kinds = JSON.parse(actions).map((action) => action.key ?? Object.keys(action)[0]);
  equal([count, ...kinds], ['2', 'Escape', 'wheel'], 'the smallest sequence');
}, { seconds: 1200 });

test('monkey: the same seed gives the same actions, and shrinking keeps what belongs together', async () => {
  equal(randomActions(7, 50), randomActions(7, 50), 'twice the same');
  check(JSON.stringify(randomActions(7, 50)) !== JSON.stringify(randomActions(8, 50)), 'another seed, other actions');
  const numbers = Array.from({ length: 137 }, (_, i) => i);
  const fails = async (part) => [17, 90, 91].every((needed) => part.includes(needed));
  equal(await shrink(numbers, fails), [17, 90, 91], 'what is left');
});

// A canvas whose height is no number breaks a promise to Dear ImGui (DisplaySize >= 0). What measures itself is hidden
// meanwhile.
async function breakPromise(page) {
  const hide = (parts) => page.run((names) => window.descent.apply({ version: 1, hide: names }), parts);
  await hide(['top_bar', 'rail', 'transport', 'strip', 'tools']);
  await page.frames(6);
  await page.run(() => Object.defineProperty(document.getElementById('canvas'), 'clientHeight', { get: () => NaN, configurable: true }));
  await page.frames(6);
  await page.run(() => { delete document.getElementById('canvas').clientHeight; });
  await hide([]);
  await page.frames(6);
}

test('assertions of Dear ImGui: told once, with a sentence on the page, and survived', async (stage, note) => {
  const page = await stage.newPage();
  for (let i = 0; i < 3; i += 1) await breakPromise(page);
  note(page.errors.join('; '));
  const told = page.errors.filter((text) => /^Descent's interface: imgui\.cpp, line \d+: an assertion does not hold$/.test(text));
  equal([told.length, page.errors.length], [1, new Set(page.errors).size], 'the same complaint twice');
  await mustFail(() => page.noErrors(), 'no errors in the console');
  matches((await page.item('error', 'text')).text, /^Something on this page was drawn wrongly\. Nothing is lost/, 'the sentence');
  await page.click('Step', 'button');
  await raceUntil(page, ({ step }) => step === 1, 'the page goes on');
  await page.click('Dismiss', 'button');
  await breakPromise(page);
  check(!(await page.items()).some(({ label }) => label === 'error'), 'the sentence comes once');
  await mustFail(() => page.noFaults(), 'a test that provokes them by the way');
  page.errors = [];
});
