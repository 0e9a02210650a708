// Training in a background tab: another tab of the same window in front, in a browser without the switches that drivers of
// browsers set so that background tabs run like visible ones. Visible and hidden windows take turns. How many display
// callbacks come in a second tells whether the tab really was in the background.
// SPDX-License-Identifier: MIT
import { Stage } from '../page/support/stage.mjs';
import { median, summary } from './statistics.mjs';
import { imagesPerSecond, pauseTraining, showNetwork, startTraining } from './training.mjs';

const kSwitches = ['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'];

const displayCallbacks = (page) => page.run(() => new Promise((resolve) => {
  let count = 0;
  const again = () => {
    count += 1;
    requestAnimationFrame(again);
  };
  requestAnimationFrame(again);
  setTimeout(() => resolve(count), 1000);
}));

async function twoTabs(stage) {
  const page = await stage.newPage();
  const own = await page.tab.context().newCDPSession(page.tab);
  await own.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const browser = await stage.browser.newBrowserCDPSession();
  const { targetInfo } = await own.send('Target.getTargetInfo');
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', browserContextId: targetInfo.browserContextId });
  const front = (id) => browser.send('Target.activateTarget', { targetId: id });
  return { page, show: () => front(targetInfo.targetId), hide: () => front(targetId) };
}

export async function backgroundSpeed(root, { rounds, ms }) {
  const stage = await Stage.open({ artifacts: '', root, launch: { ignoreDefaultArgs: kSwitches } });
  try {
    const { page, show, hide } = await twoTabs(stage);
    await showNetwork(page);
    await startTraining(page, { batch_size: 32, threads: 0 });
    const found = { visible: [], hidden: [] };
    const callbacks = { visible: [], hidden: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, put] of [['visible', show], ['hidden', hide]]) {
        await put();
        await page.tab.waitForTimeout(300);
        callbacks[name].push(await displayCallbacks(page));
        found[name].push(await imagesPerSecond(page, ms, 32));
      }
    }
    await pauseTraining(page);
    return {
      visible: summary(found.visible),
      hidden: summary(found.hidden),
      ratio: median(found.hidden.map((value, i) => value / found.visible[i])),
      callbacks_per_second: { visible: median(callbacks.visible), hidden: median(callbacks.hidden) },
    };
  } finally {
    await stage.close();
  }
}
