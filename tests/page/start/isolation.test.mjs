// A host that sends no headers: the service worker supplies isolation, with one reload and never a second.
// SPDX-License-Identifier: MIT
import { check, equal, matches, test, until } from '../support/test.mjs';

// countLoads() counts what is asked of the host, and no entries that the page makes in the browser's history.
function countLoads(page) {
  let loads = 0;
  page.tab.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.tab.mainFrame()) loads += 1;
  });
  return () => loads;
}

test('isolation: without headers the service worker isolates the page after one reload', async (stage) => {
  const page = await stage.blankPage();
  const loads = countLoads(page);
  await page.tab.goto(stage.plainOrigin);
  await until(() => page.tab.evaluate(() => window.crossOriginIsolated).catch(() => false), 'isolation');
  await page.ready();
  equal(loads(), 2, 'times the page was loaded');
  equal((await page.run(() => window.descent.evaluate({ surface: 'quadratic', point: [1, 1] }))).value, 5.5, 'a value from a worker');
  await page.tab.reload();
  await page.ready();
  check(await page.run(() => window.crossOriginIsolated), 'isolated after a reload by the visitor');
  equal(loads(), 3, 'times the page was loaded');
  page.noErrors();
});

test('isolation: the share link survives the reload', async (stage) => {
  const page = await stage.page();
  const fragment = await page.run(async () => {
    const { encodeState } = await import('./links.js');
    return encodeState({ ...window.descent.state(), race: { surface: 'beale' } });
  });
  const other = await stage.blankPage();
  await other.tab.goto(stage.plainOrigin + fragment);
  await until(() => other.tab.evaluate(() => window.crossOriginIsolated).catch(() => false), 'isolation');
  await other.ready();
  await until(() => other.run(() => window.descent.race.status().surface === 'beale'), 'the link’s surface');
});

test('isolation: without service workers there is a screen and no reload', async (stage) => {
  const page = await stage.blankPage({ before: () => { delete Navigator.prototype.serviceWorker; } });
  const loads = countLoads(page);
  await page.tab.goto(stage.plainOrigin);
  const text = await until(() => page.run(() => {
    const screen = document.getElementById('screen');
    return screen.dataset.phase === 'problem' && screen.innerText;
  }), 'the problem screen');
  matches(text, /cross-origin isolation/, 'the screen');
  matches(text, /Cross-Origin-Opener-Policy/, 'what to do');
  equal(loads(), 1, 'times the page was loaded');
});

test('isolation: a worker that does not help ends in a screen, not in a loop', async (stage) => {
  const page = await stage.blankPage();
  // A service worker that is installed and adds nothing.
  await page.tab.context().route(/service_worker\.js$/, (route) => route.fulfill({
    contentType: 'text/javascript', body: "self.addEventListener('install', () => self.skipWaiting());",
  }));
  const loads = countLoads(page);
  await page.tab.goto(stage.plainOrigin);
  await until(() => page.tab.evaluate(() => document.getElementById('screen')?.dataset.phase === 'problem').catch(() => false), 'the problem screen');
  await page.tab.waitForLoadState('networkidle');  // half a second without a request: no load is on its way
  equal(loads(), 2, 'times the page was loaded');
});
