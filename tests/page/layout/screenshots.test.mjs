// Screenshots of both workspaces at the sizes that count, kept for people; none may be blank, judged by its pixels.
// SPDX-License-Identifier: MIT
import { statistics } from '../support/png.mjs';
import { check, mustFail, test, until } from '../support/test.mjs';

function notBlank({ colours, commonest }) {
  check(colours > 200 && commonest < 0.9, `looks blank: ${colours} colours, ${(100 * commonest).toFixed(0)} % of one`);
}

const kSizes = [
  ['1280x720', { viewport: { width: 1280, height: 720 } }],
  ['390x844', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
  ['1280x720@2', { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 }],
];

for (const [size, options] of kSizes) {
  test(`screenshots: both workspaces, dark and light, at ${size}`, async (stage, note) => {
    const page = await stage.page({ ...options, pixels: true });
    await page.run(() => window.descent.race.step(60));
    for (const workspace of ['surfaces', 'network']) {
      for (const theme of ['dark', 'light']) {
        await page.run((part) => window.descent.apply({ ...window.descent.state(), ...part }), { workspace, theme });
        if (workspace === 'network') {
          await until(() => page.run(() => window.descent.network.status().state !== 'empty'), 'the data set', 60);
          await page.run(() => window.descent.network.step(12));
        }
        await page.settled();
        const png = await page.tab.screenshot({ path: `${stage.artifacts}/${workspace}-${theme}-${size}.png` });
        const facts = statistics(png);
        notBlank(facts);
        note(`${workspace} ${theme}: ${facts.width}×${facts.height}, ${facts.colours} colours`);
        const items = await page.items();
        const { width, height } = options.viewport;
        const outside = items.filter((i) => i.x < -1 || i.y < -1 || i.x + i.width > width + 1 || i.y + i.height > height + 1);
        check(outside.length === 0, `outside the screen: ${outside.map(({ label }) => label).join(', ')}`);
      }
    }
    page.noErrors();
  }, { long: size.endsWith('@2') });
}

test('screenshots: a blank page is recognised (negative control)', async (stage) => {
  const tab = await (await stage.context()).newPage();
  await tab.setContent('<body style="background:#123">a</body>');
  const facts = statistics(await tab.screenshot());
  await mustFail(() => notBlank(facts), 'a page with one letter');
});
