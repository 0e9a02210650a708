// A first visit opens with a race under way, a link or a script with the page as it always was; where less motion is asked for
// the hint has the button.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const nearest = ({ optimizers }) => optimizers.map(({ optimizer, point: [x, y] }) => [Math.hypot(x - 3, y - 0.5), optimizer]).sort(([a], [b]) => a - b);

test('first visit: three tuned optimizers race at once, one sees who is ahead; what experts read is a click away', async (stage, note) => {
  const page = await stage.newPage({ visit: true });
  const now = await raceUntil(page, ({ step }) => step > 0, 'steps without a click');
  equal([now.surface, now.optimizers.length], ['beale', 3], 'the race');
  equal((await page.run(() => window.descent.state())).view.ellipse, false, 'the overlay of curvature');
  const later = await raceUntil(page, ({ step }) => step >= 60, 'some seconds of the race');
  check(later.optimizers.every(({ status }) => ['running', 'converged'].includes(status)), 'every run is well');
  const order = nearest(await page.run(() => window.descent.race.seek(45)));
  note(order.map(([distance, name]) => `${name} ${distance.toFixed(2)}`).join(', '));
  equal(order[2][1], 'gradient_descent', 'the last');
  check(order[2][0] > 2 * order[1][0], 'the last is well behind');
  page.noErrors();
});

test('first visit: a link, and a script that resets the page, find it as links are laid over it', async (stage) => {
  const page = await stage.newPage({ visit: true });
  await raceUntil(page, ({ step }) => step > 0, 'the race');
  await page.run(() => window.descent.reset());
  const base = await page.run(() => window.descent.state());
  equal([base.race.surface, (await race(page)).step, base.view.ellipse], ['rosenbrock', 0, true], 'after reset()');
  for (const fragment of ['#hide=', '#s=garbage']) {
    const other = await stage.newPage({ fragment });
    await other.settled();
    equal((await other.run(() => window.descent.state())).race, base.race, fragment);
  }
  const tracked = await stage.newPage({ fragment: '#utm_source=lecture' });
  await raceUntil(tracked, ({ step, surface }) => step > 0 && surface === 'beale', 'what a mail program hangs on is no link');
});

test('first visit: with less motion nothing moves, and the hint has the button that starts it', async (stage) => {
  const page = await stage.newPage({ reducedMotion: 'reduce', visit: true });
  await page.settled();
  const still = await race(page);
  equal([still.surface, still.step, still.playing], ['beale', 0, false], 'the race waits');
  const hint = await page.item('hint', 'text');
  const button = await page.item('Start the race', 'button');
  check(Math.abs(button.y - hint.y) < 4 && button.x >= hint.x + hint.width && button.x < hint.x + hint.width + 20, 'beside the hint');
  await page.clickAt(page.center(button));
  await raceUntil(page, ({ step }) => step > 0, 'under way');
  await until(async () => !(await page.items()).some(({ label }) => label === 'Start the race'), 'the button gone');
  await mustFail(() => page.item('hint', 'text', { seconds: 0.5 }), 'a hint under way');
  page.noErrors();
});
