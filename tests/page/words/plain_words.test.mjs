// Reads what the Surfaces workspace says in words: runs that are told apart by name, a constant surface, a run that
// leaves the domain of its formula, stability bounds that fit, and what a link with hidden cards does not give away.
// SPDX-License-Identifier: MIT
import { raceUntil } from '../support/race.mjs';
import { chooseTab } from '../support/strip.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const labelled = async (page, pattern, role) => (await page.items()).filter((item) => pattern.test(item.label) && item.role === role);
const distinct = (values, what) => equal(new Set(values).size, values.length, `${what}: ${values.join('; ')}`);

// Two runs, 40 steps; two branches of the first from step 12, and one with the button from where it stands.
async function branched(page) {
  await page.run(async () => {
    await window.descent.race.configure({
      surface: 'himmelblau', start: [0.5, -1],
      optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.05 } }, { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.002 } }],
    });
    await window.descent.race.step(40);
    for (const learning_rate of [0.2, 0.1]) await window.descent.race.branch({ runner: 0, step: 12, hyperparameters: { learning_rate } });
  });
  await raceUntil(page, ({ optimizers }) => optimizers.length === 4, 'two branches');
  await page.frames(4);
  await page.click('Branch', 'button');
  return raceUntil(page, ({ optimizers }) => optimizers.length === 5, 'the button’s branch');
}

test('words: every run has a name of its own, in the status, in the table, on cards and in the legend', async (stage, note) => {
  const page = await stage.page();
  const { optimizers } = await branched(page);
  const titles = optimizers.map(({ title }) => title);
  equal(titles, ['Adam', 'Gradient descent', 'Adam from step 12, rate 0.2', 'Adam from step 12, rate 0.1', 'Adam from step 40'], 'titles');
  await mustFail(() => distinct(optimizers.map(({ optimizer }) => optimizer), 'optimizers'), 'the optimizers’ names');
  const rows = await until(async () => {
    const found = await labelled(page, / row$/, 'option');
    return found.length === 5 && found;
  }, 'five rows');
  equal(rows.map(({ label }) => label).sort(), ['adam 2 row', 'adam 3 row', 'adam 4 row', 'adam row', 'gradient_descent row'], 'rows, by place');
  const card = await until(async () => (await labelled(page, /^adam 4 card$/, 'button'))[0], 'the new branch’s card in sight');
  equal(card.text, 'Adam from step 40', 'its card');
  await page.item('Remove Adam from step 40', 'button');
  const line = await until(() => page.run(() => /Adam from step 12, rate 0\.1/.test(document.getElementById('status').textContent) && document.getElementById('status').textContent), 'the line that is read out');
  note(line.slice(0, 160));
  page.noErrors();
});

for (const [screen, options, tab] of [['desktop', {}, undefined], ['phone', kPhone, 'Standings']]) {
  test(`words, ${screen}: the message about a new branch lies over nothing that it speaks of`, async (stage) => {
    const page = await stage.page(options);
    if (tab) await chooseTab(page, tab, (item) => page.clickAt(page.center(item)));
    await branched(page);
    const message = await page.item('message', 'text');
    equal(message.text, 'Adam from step 40: change it on its card, then play.', 'the message');
    const there = await until(async () => {
      const items = (await page.items()).filter(({ label, role }) => (role === 'option' && / row$/.test(label)) || / card$/.test(label) || label === 'Play');
      return items.some(({ label }) => label === 'adam 4 row') && items;
    }, 'the branch’s row');
    const covered = (box) => there.filter((item) => overlap(item, box)).map(({ label }) => label);
    equal(covered(message), [], 'under the message');
    const row = there.find(({ label }) => label === 'adam 4 row');
    await mustFail(() => equal(covered({ ...message, x: row.x, y: row.y }), [], 'covered'), 'a message over the row');
    check(message.x >= 0 && message.x + message.width < (options.viewport?.width ?? 1280), 'the message is inside the page');
  });
}

test('words: the legend of a phone tells branches apart', async (stage) => {
  const page = await stage.page(kPhone);
  await branched(page);
  const names = await until(async () => {
    const legend = (await labelled(page, /./, 'legend')).map(({ label }) => label);
    return legend.length === 5 && legend;
  }, 'five entries');
  equal(names, ['Adam', 'Gradient descent', 'Adam from 12, rate 0.2', 'Adam from 12, rate 0.1', 'Adam from 40'], 'the legend');
});

test('words: a constant surface has one value on its colour bar, no curvature, and says why nothing plays', async (stage) => {
  const page = await stage.page();
  const bar = async () => (await labelled(page, /^colour bar ./, 'mark')).map(({ label }) => label);
  await page.run(() => window.descent.race.configure({ expression: '5', start: [1, 1], optimizers: [{ optimizer: 'gradient_descent' }] }));
  await until(async () => (await bar()).length === 1, 'one label');
  equal(await bar(), ['colour bar 5'], 'the colour bar');
  await page.click('Curvature numbers', 'button');
  await until(async () => /flat, no curvature .* κ –/.test((await page.item('read-out', 'text')).text), 'the read-out');
  const play = await page.item('Play', 'button', { enabled: false });
  await page.tab.mouse.move(play.x + 20, play.y + 12);
  matches((await page.item('tooltip', 'text')).text, /^Every run has ended/, 'why it does not play');
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [1, 1], optimizers: [{ optimizer: 'gradient_descent' }] }));
  await until(async () => (await bar()).length > 2, 'more labels on a surface');
  matches((await page.item('read-out', 'text')).text, /κ [0-9.]+/, 'its condition number');
  await page.tab.mouse.move(play.x + 20, play.y - 60);
  await page.frames(4);
  await page.tab.mouse.move(play.x + 21, play.y + 12);
  matches((await page.item('tooltip', 'text')).text, /^Let all optimizers run/, 'now it does');
  page.noErrors();
});

test('words: a finger that rests on a button that is off is told why', async (stage) => {
  const page = await stage.page(kPhone);
  await page.run(() => window.descent.race.configure({ expression: '5', start: [1, 1], optimizers: [{ optimizer: 'adam' }] }));
  await until(async () => /^The gradient is zero here.* [Dd]rag the ring/.test((await page.item('hint', 'text')).text), 'said above the picture');
  const play = await page.item('Play', 'button', { enabled: false });
  const client = await page.tab.context().newCDPSession(page.tab);
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [page.center(play)] });
  matches((await page.item('tooltip', 'text')).text, /^Every run has ended/, 'the tooltip');
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until(async () => (await labelled(page, /^tooltip$/, 'text')).length === 0, 'it goes with the finger');
  page.noErrors();
});

test('words: every stability bound fits under its slider and is whole in its tooltip', async (stage, note) => {
  const page = await stage.page();
  const names = await page.run(() => window.descent.optimizers().map(({ name }) => name));
  const seen = {};
  for (const name of names) {
    await page.run(async (optimizer) => {
      await window.descent.race.configure({ surface: 'himmelblau', start: [2.6, 1.4], optimizers: [{ optimizer }] });
      await window.descent.race.step(3);
    }, name);
    await raceUntil(page, ({ step }) => step > 0, `${name} has made steps`);
    await page.settled();
    const [bound] = await labelled(page, /^stability bound$/, 'text');
    if (!bound) continue;
    seen[name] = bound.text;
    check(bound.x + bound.width <= 288.5, `${name}: '${bound.text}' is ${bound.width} points wide`);
  }
  note(Object.entries(seen).map(([name, text]) => `${name}: ${text}`).join('; '));
  check(Object.keys(seen).length > 10, 'bounds of most optimizers');
  matches(seen.adam, /^unstable above ≈ [0-9.]+$/, 'Adam’s, whose formula is long');
  matches(seen.momentum, /^unstable above 2\(1\+β\)\/λmax = /, 'momentum’s');
  await page.run(async () => {
    await window.descent.race.configure({ surface: 'himmelblau', start: [2.6, 1.4], optimizers: [{ optimizer: 'adam' }] });
    await window.descent.race.step(3);
  });
  await until(async () => (await labelled(page, /^stability bound$/, 'text'))[0]?.text.includes('≈'), 'Adam’s again');
  const bound = await page.item('stability bound', 'text');
  await page.tab.mouse.move(bound.x + 10, bound.y + 8);
  matches((await page.item('tooltip', 'text')).text, /^Unstable above [0-9.]+ ≈ 2\(1\+β₁\)\/\(\(1−β₁\)λmax\(P⁻¹∇²f\)\), with P = √v̂ \+ ε held fixed: /, 'the tooltip');
  page.noErrors();
});

test('words: a run that leaves the domain of its formula has not "diverged"', async (stage) => {
  const page = await stage.page();
  await page.run(async () => {
    await window.descent.race.configure({ expression: 'log(x) + 0.1*y^2', start: [2, 1], optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.1 } }] });
    await window.descent.race.step(200);
  });
  const { optimizers: [run] } = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'diverged', 'the end');
  equal([run.diagnosis.kind, run.diagnosis.advice], ['left_domain', null], 'the finding');
  matches(run.diagnosis.sentence, /^left the domain of the formula at step 22: f is not defined at \(−0\.627, 0\.641\)/, 'the sentence');
  await until(async () => (await page.item('gradient_descent row', 'option')).text === 'left domain', 'the standings');
  matches((await page.item('left domain', 'text')).text, /^Gradient descent left the domain of the formula at step 22\.$/, 'above the picture');
  const words = (await page.items()).map(({ text }) => text ?? '').join(' ');
  const silent = (text) => check(!/diverged/.test(text), text);
  silent(words);
  await page.run(async () => {
    await window.descent.race.configure({ surface: 'quadratic', start: [-4, 1.5], optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.3 } }] });
    await window.descent.race.step(200);
  });
  const row = await until(async () => {
    const item = await page.item('gradient_descent row', 'option');
    return item.text === 'diverged' && item;
  }, 'ordinary divergence');
  await mustFail(() => silent(row.text), 'a run that diverged');
  page.noErrors();
});

test('words: where a link hides the cards, the note above the picture does not give their rates away', async (stage) => {
  const secret = (text) => check(!/0\.4|rate/.test(text), text);
  // The sentence of the run that diverged, and all that is said and offered above the picture with its numbers asked for.
  const note = async (fragment) => {
    const page = await stage.newPage({ fragment });
    await page.run(async () => {
      await window.descent.race.pause();
      await window.descent.race.step(400);
    });
    await page.settled();
    for (let i = 0; i < 4 && (await labelled(page, /^diverged$/, 'text')).length === 0; i += 1) await page.click('Next note', 'button');
    const { text } = await page.item('diverged', 'text');
    const why = await labelled(page, /^Why$/, 'button');
    if (why.length > 0) await page.clickAt(page.center(why[0]));
    await page.settled();
    const picture = await page.item('surface view', 'canvas');
    const above = (await page.items()).filter(({ role, x, y }) => ['text', 'button'].includes(role) && x >= picture.x - 60 && y < picture.y && y > 48);
    return [text, above.map((item) => item.text ?? item.label).join(' ')];
  };
  const [hidden, around] = await note('#scene=learning_rate&hide=card,scenes,rail');
  matches(hidden, /^Gradient descent \(3\) diverged at step \d+\.$/, 'the note');
  secret(hidden);
  secret(around.replaceAll(hidden, ''));
  const [, shown] = await note('#scene=learning_rate');
  await mustFail(() => secret(shown), 'the numbers beside the cards');
});
