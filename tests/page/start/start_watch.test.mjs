// A start that cannot succeed says what happened and what to do: opened from disk, a script of the site missing or blocked,
// an old browser, scripts that do not come. What watches is no module (web/page/start_watch.js).
// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { kRoot } from '../support/stage.mjs';
import { check, equal, matches, test, until } from '../support/test.mjs';

const screen = (page) => page.tab.evaluate(() => {
  const { dataset, hidden, innerText } = document.getElementById('screen') ?? { dataset: {}, innerText: '' };  // not parsed yet
  return { phase: dataset.phase, hidden, text: innerText };
});

async function problem(page) {
  const { text } = await until(async () => {
    const now = await screen(page);
    return now.phase === 'problem' && now;
  }, 'a screen that says what is wrong');
  return text;
}

const gone = (route) => route.fulfill({ status: 404, body: 'gone' });
const blocked = (route) => route.abort('blockedbyclient');

// Loaded anew in the tab of `page`, or in a new one.
async function without(stage, file, how, page) {
  page ??= await stage.blankPage();
  await page.tab.unrouteAll();
  await page.tab.route((url) => url.pathname.endsWith(`/${file}`), how);
  await page.tab.goto(stage.origin, { waitUntil: 'commit' });
  return page;
}

// Opens without these: they are asked for when they are needed, or stand for something else.
const kLater = ['picture_worker.js', 'service_worker.js', 'start_watch.js'];

test('start: opened from disk, the page says that it needs a server', async (stage, note) => {
  const page = await stage.blankPage({ pixels: true });
  const site = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  await page.tab.goto(pathToFileURL(`${site}/index.html`).href);
  const text = await problem(page);
  matches(text, /opened from disk.*descent serve.*localhost:8080/s, 'the screen');
  note(text.replaceAll('\n', ' '));
  await page.tab.screenshot({ path: `${stage.artifacts}/start-from-disk.png` });
  // The checkout's own index.html, which has not even its style beside it.
  await page.tab.goto(pathToFileURL(`${kRoot}index.html`).href);
  matches(await page.tab.evaluate(() => document.body.innerText), /opened from disk does not run.*descent serve/s, 'the checkout’s index.html');
});

test('start: a script that is missing or blocked is a message that names it where the browser does', async (stage) => {
  const page = await without(stage, 'arguments.js', gone);
  matches(await problem(page), /did not start.*arguments\.js \(404\).*Reload/s, 'a module that others import');
  matches(await problem(await without(stage, 'boot.js', gone, page)), /boot\.js \(404\)/, 'the first module');
  matches(await problem(await without(stage, 'boot.js', blocked, page)), /boot\.js.*did not come.*filter may block/s, 'a blocked one');
  matches(await problem(await without(stage, 'descent-relaxed.js', gone, page)), /did not start.*descent-relaxed/s, 'the program');
  // Negative control: with all of them there is no such screen.
  await without(stage, 'nothing.js', gone, page);
  await until(async () => (await screen(page)).hidden, 'the page');
});

test('start: whichever script is missing, the page does not stay silent', async (stage, note) => {
  const site = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  const scripts = (await readdir(site)).filter((name) => name.endsWith('.js') && !kLater.includes(name) && name !== 'descent-simd128.js');
  check(scripts.length > 15, `${scripts.length} scripts`);
  for (const script of scripts) {
    matches(await problem(await without(stage, script, gone)), new RegExp(script.replace('.', '\\.')), script);
    await stage.closePages();
  }
  note(scripts.join(', '));
}, { long: true });

test('start: scripts that do not come are spoken of, and late ones still start the page', async (stage) => {
  const held = [];
  const page = await stage.blankPage({ before: () => {
    const wait = window.setTimeout;
    window.setTimeout = (act, ms, ...rest) => wait(act, ms === 15000 ? 50 : ms, ...rest);
  } });
  await page.tab.route((url) => url.pathname.endsWith('/boot.js'), (route) => { held.push(route); });
  await page.tab.goto(stage.origin, { waitUntil: 'commit' });
  await until(async () => /have not come for 15 s.*reload may help/.test((await screen(page)).text), 'the sentence');
  equal((await screen(page)).phase, 'loading', 'the phase');
  await Promise.all(held.splice(0).map((route) => route.continue()));
  await until(async () => (await screen(page)).hidden, 'the page');
});

test('start: a browser without modules is told so', async (stage) => {
  const page = await stage.newPage({ before: () => { delete HTMLScriptElement.prototype.noModule; }, ready: false });
  matches(await problem(page), /too old.*Safari \(16\.4/s, 'the screen');
  const usual = await stage.page();
  equal((await screen(usual)).phase, 'gone', 'the screen of a page that works');
});
