// The row of tabs below the picture, which scrolls where it is narrow.
// SPDX-License-Identifier: MIT
import { check } from './checks.mjs';

// chooseTab() presses the tab of this title, once the button at the row's end has brought it into sight; `press` presses
// an item.
export async function chooseTab(page, title, press) {
  for (const end of ['Later tabs', 'Earlier tabs']) {
    for (let i = 0; i < 8; i += 1) {
      await page.frames(3);
      const items = await page.items();
      const tab = items.find(({ label, role, width }) => label === title && role === 'tab' && width >= 20);
      if (tab) return press(tab);
      const button = items.find(({ label, role }) => label === end && role === 'button');
      if (!button) break;
      await press(button);
    }
  }
  return check(false, `no tab '${title}'`);
}
