// The page opens in order, quickly and without complaint, and says what is missing where the browser lacks something.
// SPDX-License-Identifier: MIT
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const screenText = (page) => page.run(() => {
  const screen = document.getElementById('screen');
  return { hidden: screen.hidden, phase: screen.dataset.phase, text: screen.innerText };
});

test('start: the page opens without a complaint and draws its first frame', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await until(async () => (await screenText(page)).hidden, 'the loading screen gone');
  const times = await page.run(() => {
    const at = (name) => performance.getEntriesByName(name)[0].startTime;
    return { downloaded: at('descent:downloaded'), first_frame: at('descent:first-frame') };
  });
  note(`first frame ${times.first_frame.toFixed(0)} ms after navigation, ${(times.first_frame - times.downloaded).toFixed(0)} ms after the last byte`);
  check((await page.run(() => window.crossOriginIsolated)), 'the page is not cross-origin isolated');
  page.noErrors();
});

test('start: every request goes to the page’s own host', async (stage) => {
  const page = await stage.blankPage();
  const foreign = [];
  page.tab.on('request', (request) => {
    if (!request.url().startsWith(stage.origin) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) foreign.push(request.url());
  });
  await page.open(stage.origin);
  equal(foreign, [], 'requests to other hosts');
});

test('start: calls made before the program runs wait, and say so where they cannot', async (stage) => {
  const page = await stage.blankPage();
  await page.tab.goto(stage.origin, { waitUntil: 'commit' });
  await page.tab.waitForFunction(() => window.descent !== undefined, null, { polling: 5 });
  const early = await page.run(async () => {
    let sync = null;
    try {
      window.descent.surfaces();
    } catch (error) {
      sync = error.message;
    }
    const model = await window.descent.evaluate({ surface: 'quadratic', point: [1, 1] });
    return { sync, value: model.value };
  });
  equal(early.value, 5.5, 'value evaluated by an early call');
  check(early.sync === null || /starting/.test(early.sync), `the early synchronous call says ${early.sync}`);
});

test('start: info tells version, build, SIMD, threads and compiler', async (stage) => {
  const page = await stage.page();
  const info = await page.run(() => window.descent.info());
  equal(Object.keys(info).sort(), ['build', 'emscripten', 'memory_bytes', 'memory_used', 'simd', 'threads', 'version'], 'fields of info()');
  equal(info.simd, 'relaxed', 'flavour in Chromium');
  matches(info.version, /^\d+\.\d+\.\d+$/, 'version');
  matches(info.emscripten, /^3\.1\.69$/, 'compiler');
  check(info.threads >= 1, 'threads');
});

test('start: without relaxed SIMD the plain program runs, and computes the same', async (stage) => {
  const page = await stage.newPage({
    before: () => {
      const validate = WebAssembly.validate;
      // f32x4.relaxed_madd (0xfd 0x85 0x02) is what the page asks for.
      WebAssembly.validate = (bytes) => ![...bytes].join(',').includes('253,133,2') && validate(bytes);
    },
  });
  equal(await page.run(() => window.descent.info().simd), 'simd128', 'flavour');
  equal((await page.run(() => window.descent.evaluate({ surface: 'quadratic', point: [1, 1] }))).value, 5.5, 'value');
  page.noErrors();
});

const kMissing = [
  ['WebGL 2', /WebGL 2/, () => {
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (type, ...rest) {
      return type === 'webgl2' ? null : get.call(this, type, ...rest);
    };
  }],
  ['SharedArrayBuffer', /SharedArrayBuffer/, () => { delete window.SharedArrayBuffer; }],
  ['WebAssembly SIMD', /WebAssembly SIMD/, () => {
    const validate = WebAssembly.validate;
    WebAssembly.validate = (bytes) => !bytes.includes(0x7b) && validate(bytes);
  }],
  ['threads', /WebAssembly threads/, () => {
    const validate = WebAssembly.validate;
    WebAssembly.validate = (bytes) => !bytes.includes(0xfe) && validate(bytes);
  }],
  ['WebAssembly itself', /WebAssembly\b/, () => { delete window.WebAssembly; }],
  ['module workers', /Module workers/, () => {
    window.Worker = class { constructor() { throw new TypeError('no'); } };
  }],
];

for (const [name, pattern, remove] of kMissing) {
  test(`start: a browser without ${name} gets a screen that names it`, async (stage) => {
    const page = await stage.newPage({ before: remove, ready: false });
    const screen = await until(async () => {
      const now = await screenText(page);
      return now.phase === 'problem' && now;
    }, 'the problem screen');
    matches(screen.text, pattern, 'the screen');
    matches(screen.text, /Use a current|hardware acceleration|extension/i, 'what to do about it');
    const message = await page.refusal(() => window.descent.ready);
    matches(message, pattern, 'descent.ready');
    // Negative control: the screen names only what is missing.
    const others = kMissing.filter(([other]) => other !== name && !name.startsWith('WebAssembly'));
    for (const [, other] of others.filter(([o]) => !o.startsWith('WebAssembly') && o !== 'threads')) {
      await mustFail(() => matches(screen.text, other, 'the screen'), `${other}`);
    }
  });
}

test('start: without JavaScript the page says so', async (stage) => {
  const context = await stage.context({ javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(stage.origin);
  matches(await tab.locator('noscript').innerText(), /JavaScript/, 'noscript');
});

test('start: a missing program file is a message, not a blank page', async (stage) => {
  const page = await stage.blankPage();
  await page.tab.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.tab.goto(stage.origin);
  const screen = await until(async () => {
    const now = await screenText(page);
    return now.phase === 'problem' && now;
  }, 'the problem screen');
  matches(screen.text, /could not be fetched \(404/, 'the screen');
});

test('start: a program that breaks down says so; errors of others are left alone', async (stage) => {
  const page = await stage.newPage();
  await until(async () => (await screenText(page)).hidden, 'the loading screen gone');
  await page.run(() => new Promise((resolve) => {
    setTimeout(() => { throw new Error('an extension’s own'); });
    setTimeout(resolve, 1);
  }));
  await page.frames();
  check((await screenText(page)).hidden, 'a foreign error took the page away');
  await page.run(() => { setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }); });
  const screen = await until(async () => {
    const now = await screenText(page);
    return now.phase === 'problem' && now;
  }, 'the problem screen');
  matches(screen.text, /has stopped.*unreachable/is, 'the screen');
  matches(await page.refusal(() => window.descent.race.step(1)), /unreachable/, 'calls afterwards');
});
