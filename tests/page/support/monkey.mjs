// A monkey: random actions of a person and of scripts on one page, drawn from a seed, and a search for the shortest part of
// a sequence that still breaks something. An action is plain data: places are fractions of the window, items fractions of
// the list of what is on the screen, so that a sequence can be played again, whole or in part, and written down.
// SPDX-License-Identifier: MIT

// Mulberry32 (T. Ettinger): numbers in 0 … 1 from a 32-bit seed.
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const kKeys = [
  'Tab', 'Tab', 'Shift+Tab', 'Enter', 'Enter', 'Escape', 'Escape', 'Space', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown',
  'KeyR', 'Digit1', 'Digit2', 'Shift+Slash', 'Home', 'End', 'PageDown', 'Backspace', 'Control+a',
];
const kTexts = ['0.5', '−3', '1e400', 'abc', '', '12', 'x^2 + a*y^2', 'sin(x', 'abs(x) - y', '😀'];
const kSizes = [[390, 844], [844, 390], [640, 360], [320, 480], [1280, 720], [1000, 700], [200, 150]];
const kLinks = [
  '#scene=saddle', '#scene=sampling&hide=rail', '#hide=rail,strip', '#hide=top_bar,tools,transport', '#hide=', '#scene=nothing',
  '#s=AAAA', '#hide=card,scenes,share', '#scene=basins',
];
// kScripts are called in the page; what they reject with is a person's business.
const kScripts = [
  'race.play()', 'race.pause()', 'race.step(7)', 'race.back(3)', 'race.reset()', 'race.seek(2)',
  'race.configure({surface: "himmelblau", optimizers: [{optimizer: "adam"}, {optimizer: "gradient_descent"}]})',
  'race.configure({surface: "rosenbrock", optimizers: []})', 'race.configure({expression: "a*x^2 + sin(y)"})',
  'race.configure({surface: "quadratic", optimizers: window.descent.optimizers().slice(0, 12).map(({name}) => ({optimizer: name}))})',
  'race.configure({surface: "nothing"})', 'race.branch({runner: 0, step: 0})', 'race.let_run(0)',
  'sampler.configure({temperature: 0.5})', 'scene("noise")', 'network.configure({batch_size: 64})',
  'apply({...window.descent.state(), workspace: "network"})', 'apply({...window.descent.state(), workspace: "surfaces"})',
  'apply({...window.descent.state(), theme: "light"})', 'apply({...window.descent.state(), theme: "dark"})',
  ...['loss', 'rates', 'map', 'curvature', 'sampling', 'chain_rule', 'standings'].map((tab) => `apply({...window.descent.state(), view: {...window.descent.state().view, tab: "${tab}"}})`),
  'apply({...window.descent.state(), view: {...window.descent.state().view, three_d: true}})',
  'apply({version: 1, hide: ["rail"]})', 'apply({version: 1, hide: []})', 'apply({version: 1, hide: ["strip", "top_bar"]})',
];

// `count` actions for a window of this size.
export function randomActions(seed, count) {
  const random = randomNumbers(seed);
  const one = (list) => list[Math.floor(random() * list.length)];
  const place = () => [random(), random()];
  const kinds = [
    [30, () => ({ click: random(), times: random() < 0.15 ? 2 : 1, button: random() < 0.08 ? 'right' : 'left' })],
    [6, () => ({ tap: random() })],
    [10, () => ({ press: place() })],
    [12, () => ({ drag: [place(), place(), place()] })],
    [4, () => ({ pull: random(), to: place() })],
    [8, () => ({ wheel: place(), by: Math.round(600 * (random() - 0.5)) })],
    [15, () => ({ key: one(kKeys) })],
    [4, () => ({ type: one(kTexts) })],
    [4, () => ({ resize: one(kSizes) })],
    [9, () => ({ script: one(kScripts) })],
    [2, () => ({ link: one(kLinks) })],
  ];
  const all = kinds.reduce((sum, [weight]) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    let left = random() * all;
    return kinds.find(([weight]) => (left -= weight) < 0)[1]();
  });
}

// kActs carry out the actions; `size` is the window's.
const kActs = {
  async click(page, size, { click, times, button }) {
    const at = await itemAt(page, click);
    if (at) await page.tab.mouse.click(at.x, at.y, { clickCount: times, button, delay: 20 });
  },
  async tap(page, size, { tap }) {
    const at = await itemAt(page, tap);
    if (at) await page.tab.touchscreen.tap(at.x, at.y);
  },
  press: (page, size, { press }) => page.tab.mouse.click(...inWindow(size, press), { delay: 20 }),
  drag: (page, size, { drag }) => dragAlong(page, drag.map((at) => inWindow(size, at))),
  async pull(page, size, { pull, to }) {
    const at = await itemAt(page, pull);
    if (at) await dragAlong(page, [[at.x, at.y], inWindow(size, to)]);
  },
  async wheel(page, size, { wheel, by }) {
    await page.tab.mouse.move(...inWindow(size, wheel));
    await page.tab.mouse.wheel(0, by);
  },
  key: (page, size, { key }) => page.tab.keyboard.press(key, { delay: 20 }),
  type: (page, size, { type }) => page.tab.keyboard.type(type, { delay: 5 }),
  async resize(page, size, { resize: [width, height] }) {
    Object.assign(size, { width, height });
    await page.tab.setViewportSize(size);
  },
  // A script goes over as text: the page's security policy has no eval.
  script: (page, size, { script }) => page.tab.evaluate(`void Promise.resolve().then(() => window.descent.${script}).catch(() => {})`),
  link: (page, size, { link }) => page.run((hash) => { location.hash = hash; }, link),
};

const inWindow = ({ width, height }, [fx, fy]) => [fx * width, fy * height];

async function itemAt(page, fraction) {
  const items = await page.items();
  const item = items[Math.floor(fraction * items.length)];
  return item && page.center(item);
}

async function dragAlong(page, [first, ...rest]) {
  await page.tab.mouse.move(...first);
  await page.tab.mouse.down();
  await page.frames(1);
  for (const point of rest) {
    await page.tab.mouse.move(...point);
    await page.frames(1);
  }
  await page.tab.mouse.up();
}

const kPatience = 20000;  // ms that a page may take for one action

// complaint() says why the page is broken, or null.
async function complaint(page) {
  const told = await page.run(() => {
    const screen = document.getElementById('screen');
    return screen.hidden || screen.dataset.phase !== 'problem' ? null : document.getElementById('problems').textContent;
  });
  return told ?? page.errors[0] ?? null;
}

// Plays the actions on a page of this size; {at: index of the last action, reason}, or null when nothing broke.
export async function play(page, size, actions) {
  const window = { ...size };
  for (const [at, action] of actions.entries()) {
    let timer;
    const late = new Promise((resolve) => { timer = setTimeout(() => resolve('the page does not answer'), kPatience); });
    const act = async () => {
      await kActs[Object.keys(action).find((name) => name in kActs)](page, window, action);
      await page.frames(1);
      return complaint(page);
    };
    const reason = await Promise.race([act(), late]).catch((error) => `the page broke down: ${error.message.split('\n')[0]}`);
    clearTimeout(timer);
    if (reason) return { at, reason };
  }
  return null;
}

// The shortest sequence found that still fails: parts of it are left out, halves first (A. Zeller's and R. Hildebrandt's
// delta debugging, 2002). fails(actions): promise of a truth value.
export async function shrink(actions, fails, { seconds = 300 } = {}) {
  const end = performance.now() + 1000 * seconds;
  let rest = actions;
  for (let parts = 2; rest.length > 1 && performance.now() < end;) {
    const length = Math.ceil(rest.length / parts);
    let smaller = null;
    for (let from = 0; from < rest.length && !smaller && performance.now() < end; from += length) {
      const without = [...rest.slice(0, from), ...rest.slice(from + length)];
      if (without.length > 0 && await fails(without)) smaller = without;
    }
    if (smaller) {
      rest = smaller;
      parts = Math.max(parts - 1, 2);
    } else if (length === 1) {
      break;
    } else {
      parts = Math.min(2 * parts, rest.length);
    }
  }
  return rest;
}
