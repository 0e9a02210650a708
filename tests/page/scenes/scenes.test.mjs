// Scenes: the menu, the card, links, the scripting interface; and parts of the page that a link hides.
// SPDX-License-Identifier: MIT
import { statistics } from '../support/png.mjs';
import { race } from '../support/race.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kDesktop = { viewport: { width: 1280, height: 720 } };

const state = (page) => page.run(() => window.descent.state());
const shown = async (page, label, role) => (await page.items()).find((item) => item.label === label && item.role === role);

// overlaps() finds pairs of controls that lie over each other though they should lie side by side. A canvas and what is
// drawn on it may.
const kBeside = ['button', 'checkbox', 'tab', 'combo', 'slider', 'field'];
function overlaps(items) {
  const controls = items.filter(({ role, label }) => kBeside.includes(role) && !/handle|head/.test(label));
  const found = [];
  for (const [i, a] of controls.entries()) {
    for (const b of controls.slice(i + 1)) {
      const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      if (wide > 1 && high > 1) found.push(`${a.role} '${a.label}' and ${b.role} '${b.label}'`);
    }
  }
  return found;
}

async function tidy(page, { width, height }) {
  await page.frames(3);
  const items = await page.items();
  equal(overlaps(items), [], 'controls over each other');
  const outside = items.filter((i) => i.x < -1 || i.y < -1 || i.x + i.width > width + 1 || i.y + i.height > height + 1);
  equal(outside.map(({ label }) => label), [], 'outside the screen');
  return items;
}

test('scenes: the check for overlaps sees one (negative control)', async () => {
  const box = (x, label) => ({ x, y: 0, width: 20, height: 20, role: 'button', label });
  equal(overlaps([box(0, 'a'), box(20, 'b')]), [], 'side by side');
  equal(overlaps([box(0, 'a'), box(15, 'b')]).length, 1, 'one over the other');
});

test('scenes: the menu opens one, which plays; the card leads to the others and closes', async (stage) => {
  const page = await stage.page();
  const all = await page.run(() => window.descent.scenes());
  await page.click('Scenes', 'button');
  for (const { title } of all) await page.item(title, 'option');
  await page.click(all[1].title, 'option');
  await until(async () => (await state(page)).scene === all[1].name, 'the scene in the state');
  await until(async () => { const { playing, step } = await race(page); return playing && step > 2; }, 'playing');
  equal(await page.run(() => location.hash), `#scene=${all[1].name}`, 'its link in the address');
  for (const [i, sentence] of all[1].sentences.entries()) {
    equal((await page.item(`scene sentence ${i + 1}`, 'text')).text, sentence, 'sentence');
  }
  await page.click('Next scene', 'button');
  await until(async () => (await state(page)).scene === all[2].name, 'the next one');
  await page.click('Previous scene', 'button');
  await until(async () => (await state(page)).scene === all[1].name, 'the one before');
  await page.run(() => window.descent.race.configure({ optimizers: [{ optimizer: 'lion' }] }));
  await page.click('Scene again', 'button');
  await until(async () => (await race(page)).optimizers.length === all[1].state.race.optimizers.length, 'as it was');
  await page.click('Close scene', 'button');
  await until(async () => (await state(page)).scene === 'none', 'no scene');
  await until(async () => !(await shown(page, 'scene', 'text')), 'the card gone');
  page.noErrors();
});

test('scenes: the text goes with the surface it speaks of, and stays beside other settings', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.scene('ravine', { play: false }));
  await page.item('scene', 'text');
  const slider = await page.item('quadratic kappa', 'slider');
  await page.clickAt(page.center(slider, 0.3));
  await until(async () => (await race(page)).parameters.kappa < 50, 'another kappa');
  equal((await state(page)).scene, 'ravine', 'the scene beside another parameter');
  await page.click('Surface', 'combo');
  await page.click('Himmelblau', 'option');
  await until(async () => (await race(page)).surface === 'himmelblau', 'the other surface');
  await until(async () => !(await shown(page, 'scene', 'text')), 'the text gone');
  equal((await state(page)).scene, 'none', 'the scene of the state');
  page.noErrors();
});

test('scenes: on a phone the sheet makes way for the scene', async (stage) => {
  const page = await stage.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.click('Menu', 'button');
  await page.item('Surface', 'combo');
  await page.click('Scenes', 'button');
  await page.click('Momentum in a ravine', 'option');
  await page.item('scene', 'text');
  await until(async () => !(await shown(page, 'Surface', 'combo')), 'the picture in sight');
  page.noErrors();
});

test('scenes: the menu by keyboard', async (stage) => {
  const page = await stage.page();
  await page.click('Scenes', 'button');
  await page.item('Momentum in a ravine', 'option');
  await page.key('ArrowDown');
  await page.key('ArrowDown');
  await page.key('Enter');
  await until(async () => (await state(page)).scene !== 'none', 'a scene');
  page.noErrors();
});

test('scenes: scripts list and open them; the race stands at its start when it is not to play', async (stage) => {
  const page = await stage.page();
  const all = await page.run(() => window.descent.scenes());
  check(all.length >= 6, `${all.length} scenes`);
  const theme = await page.run(async () => {
    await window.descent.apply({ version: 1, theme: 'light', hide: ['strip'] });
    return window.descent.state().theme;
  });
  for (const { name, sentences, state: listed } of all) {
    equal(sentences.length, 3, 'sentences');
    const now = await page.run((n) => window.descent.scene(n, { play: false }), name);
    equal([now.scene, now.theme, now.hide], [name, theme, ['strip']], 'scene, theme and what is hidden');
    const { race: raced, view, workspace } = now;
    equal({ race: raced, view, workspace }, { race: listed.race, view: listed.view, workspace: listed.workspace }, `the state of ${name}`);
    const { step, playing } = await race(page);
    equal([step, playing], [0, false], 'step and playing');
  }
  await page.run(() => window.descent.race.step(9));
  await page.run((n) => window.descent.scene(n, { play: false }), all.at(-1).name);
  equal((await race(page)).step, 0, 'the same scene again begins anew');
  const before = await state(page);
  matches(await page.refusal(() => window.descent.scene('no_such_scene')), /no_such_scene.*ravine/s, 'an unknown name');
  matches(await page.refusal(() => window.descent.scene(3)), /scene takes the name/, 'no name');
  matches(await page.refusal(() => window.descent.scene('ravine', { play: 'yes' })), /play is 'yes'/, 'play');
  matches(await page.refusal(() => window.descent.apply({ version: 1, scene: 'nowhere' })), /scene is 'nowhere'/, 'in a state');
  matches(await page.refusal(() => window.descent.apply({ version: 1, hide: ['rail', 'roof'] })), /hide\[1\] is 'roof'.*top_bar/s, 'hide');
  equal(await state(page), before, 'the state after refusals');
  page.noErrors();
});

test('scenes: a link opens one and hides parts; the Share button keeps both', async (stage) => {
  const page = await stage.newPage({ fragment: '#scene=saddle&hide=rail,scenes' });
  await until(async () => (await state(page)).scene === 'saddle', 'the scene');
  await until(async () => (await race(page)).step > 2, 'playing');
  equal((await state(page)).hide, ['scenes', 'rail'], 'what is hidden');
  equal(await shown(page, 'Scenes', 'button'), undefined, 'the menu');
  equal(await shown(page, 'Next scene', 'button'), undefined, 'the way to the next scene');
  equal(await shown(page, 'Surface', 'combo'), undefined, 'the rail');
  await page.item('Close scene', 'button');
  await page.click('Share', 'button');
  const link = await until(() => page.run(() => (location.hash.startsWith('#z=') ? location.hash : null)), 'the link');
  const other = await stage.newPage({ fragment: link });
  await until(async () => (await state(other)).scene === 'saddle', 'the scene from the link');
  equal((await state(other)).hide, ['scenes', 'rail'], 'what is hidden, from the link');
  equal((await race(other)).playing, false, 'a shared configuration waits');
  // A state laid over a scene, and other parts hidden than the state says.
  const both = await stage.page();
  await both.follow(`${link.replace('#', '#scene=ravine&')}&hide=tools`);
  await until(async () => (await race(both)).surface === 'double_well', 'the state wins over the scene');
  await until(async () => (await state(both)).hide.join() === 'tools', 'the link’s own list');
  page.noErrors();
  other.noErrors();
});

test('scenes: names that do not exist get a sentence, and the rest of the link works', async (stage) => {
  const page = await stage.newPage({ fragment: '#scene=volcano&hide=rail,roof' });
  const { text } = await page.item('error', 'text');
  matches(text, /volcano/, 'the scene');
  matches(text, /'roof'.*top_bar.*strip/s, 'the part');
  equal((await state(page)).hide, ['rail'], 'what could be hidden');
  equal((await race(page)).surface, 'rosenbrock', 'the race');
  await page.run(() => { location.hash = '#scene=ravine'; });
  await until(async () => (await state(page)).scene === 'ravine', 'another link');
  await until(async () => (await state(page)).hide.length === 0, 'nothing hidden by a link that hides nothing');
  await mustFail(async () => equal((await state(page)).scene, 'saddle', 'scene'), 'another scene');
  page.noErrors();
});

test('scenes: who asks for less motion starts paused', async (stage) => {
  const page = await stage.newPage({ reducedMotion: 'reduce', fragment: '#scene=ravine' });
  await until(async () => (await state(page)).scene === 'ravine', 'the scene');
  await page.settled();
  equal([(await race(page)).step, (await race(page)).playing], [0, false], 'step and playing');
  await page.click('Next scene', 'button');
  await until(async () => (await state(page)).scene === 'saddle', 'the next scene');
  await page.settled();
  equal((await race(page)).playing, false, 'playing');
  page.noErrors();
});

const kHidings = [
  [], ['top_bar'], ['rail'], ['transport'], ['strip'], ['tools'], ['card'], ['workspaces', 'share', 'scenes'],
  ['rail', 'transport'], ['rail', 'strip'], ['top_bar', 'rail', 'strip'], ['top_bar', 'rail', 'transport', 'strip', 'tools'],
  ['top_bar', 'workspaces', 'scenes', 'share', 'rail', 'transport', 'tools', 'strip', 'card'],
];

for (const [size, options] of [['1280x720', kDesktop], ['390x844', kPhone], ['844x390', { viewport: { width: 844, height: 390 } }]]) {
  test(`scenes: hidden parts give their room to the rest, at ${size}`, async (stage, note) => {
    const page = await stage.page(options);
    await page.run(() => window.descent.scene('ravine', { play: false }));
    await page.item('surface view', 'canvas');
    const areas = {};
    for (const hide of kHidings) {
      await page.run((names) => window.descent.apply({ version: 1, hide: names }), hide);
      equal((await state(page)).hide.toSorted(), hide.toSorted(), 'the state');
      await page.settled();
      const items = await tidy(page, options.viewport);
      const { width, height } = items.find(({ label }) => label === 'surface view');
      areas[hide.join()] = width * height;
      const has = (label, role) => items.some((item) => item.label === label && item.role === role);
      const bar = !hide.includes('top_bar');
      equal(has('Help', 'button'), bar, `the top bar with ${hide}`);
      equal(has('Share', 'button'), bar && !hide.includes('share'), `Share with ${hide}`);
      equal(has('Scenes', 'button'), bar && !hide.includes('scenes'), `Scenes with ${hide}`);
      equal(has('Network', 'tab'), bar && !hide.includes('workspaces'), `workspaces with ${hide}`);
      equal(has('Play', 'button'), !hide.includes('transport'), `the transport with ${hide}`);
      equal(has('Contour', 'tab'), !hide.includes('tools'), `the tools with ${hide}`);
      equal(has('scene', 'text'), !hide.includes('card'), `the card with ${hide}`);
      if (size !== '844x390') equal(has('loss', 'plot'), !hide.includes('strip'), `the strip with ${hide}`);
    }
    const before = areas[''];
    for (const name of ['top_bar', 'strip', 'tools', 'card']) {
      if (size === '844x390' && (name === 'strip' || name === 'card')) continue;  // one stands in the other's place there
      check(areas[name] > before, `${name} hidden: ${areas[name]} instead of more than ${before}`);
    }
    if (size === '1280x720') check(areas['rail,transport'] > 1.25 * before, 'the rail hidden');
    await page.run(() => window.descent.apply({ version: 1, hide: [] }));
    await page.settled();
    const again = await page.item('surface view', 'canvas');
    equal(again.width * again.height, before, 'the former size');
    note(`view: ${Object.values(areas).map((a) => Math.round(a / 1000)).join(', ')} thousand square points`);
    page.noErrors();
  });
}

test('scenes: on a phone by finger; the card leaves the picture most of its room', async (stage) => {
  const page = await stage.page(kPhone);
  await page.tap('Scenes', 'button');
  await page.item('Momentum in a ravine', 'option');
  await page.tap('Momentum in a ravine', 'option');
  await until(async () => (await state(page)).scene === 'ravine', 'the scene');
  await page.item('scene sentences', 'text');
  const items = await tidy(page, kPhone.viewport);
  const view = items.find(({ label }) => label === 'surface view');
  const sentences = items.find(({ label }) => label === 'scene sentences');
  check(sentences.y + sentences.height <= view.y, 'the card lies over the picture');
  check(view.height > 1.4 * sentences.height && view.height > 200, `the picture is ${view.height} points high`);
  for (const { label, role, height, width } of items.filter((i) => i.role === 'button' && /scene/i.test(i.label))) {
    check(height >= 34 && width >= 34, `${role} '${label}' is ${width}×${height}`);
  }
  await page.tap('Close scene', 'button');
  await until(async () => (await state(page)).scene === 'none', 'closed');
  page.noErrors();
});

// The pictures are kept for people to look at.
for (const [size, options] of [['1280x720', kDesktop], ['390x844', kPhone], ['1280x720@2', { ...kDesktop, deviceScaleFactor: 2 }]]) {
  test(`scenes: screenshots of all of them at ${size}`, async (stage, note) => {
    const page = await stage.page({ ...options, pixels: true });
    for (const { name } of await page.run(() => window.descent.scenes())) {
      await page.run((n) => window.descent.scene(n, { play: false }), name);
      await page.run(() => window.descent.race.step(120));
      await page.settled();
      const png = await page.tab.screenshot({ path: `${stage.artifacts}/scene-${name}-${size}.png` });
      const { colours, commonest } = statistics(png);
      check(colours > 200 && commonest < 0.9, `${name} looks blank: ${colours} colours`);
      await tidy(page, options.viewport);
      note(`${name}: ${colours} colours`);
    }
    page.noErrors();
  }, { long: size.endsWith('@2') });
}

test('scenes: too large a rate is seen to diverge, which freezing would prevent', async (stage) => {
  const page = await stage.page();
  const end = async (change) => {
    await page.run(() => window.descent.scene('learning_rate', { play: false }));
    await page.run((more) => window.descent.apply({ version: 1, race: { ...window.descent.state().race, steps_per_second: 1000, ...more } }), change);
    await page.run(() => { window.descent.race.play(); });
    return until(async () => {
      const { status } = (await page.run(() => window.descent.race.status())).optimizers[2];
      return status !== 'running' && status !== 'ready' && status;
    }, 'the end of the third run');
  };
  const played = await end({});
  equal(played, 'diverged', 'as the scene says');
  const frozen = await end({ freeze: true });
  await mustFail(() => equal(frozen, 'diverged', 'as the scene says'), 'with freezing');
  page.noErrors();
});
