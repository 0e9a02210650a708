// The rail, which is longer than the window: its items by the mouse wheel.
// SPDX-License-Identifier: MIT

const kRail = { x: 140, top: 60, bottom: 570 };

// Turns the wheel over the rail until the item can be clicked.
export async function inSight(page, label, role) {
  await page.tab.mouse.move(kRail.x, 300);
  for (let turn = 0; turn < 60; turn += 1) {
    const item = (await page.items()).find((one) => one.label === label && one.role === role);
    const middle = item ? item.y + item.height / 2 : 0;
    if (item && middle > kRail.top && middle < kRail.bottom) return item;
    await page.tab.mouse.wheel(0, turn < 20 ? 150 : -150);
    await page.frames(3);
  }
  throw new Error(`${role} '${label}' is nowhere in the rail`);
}

export const clickInRail = async (page, label, role) => page.clickAt(page.center(await inSight(page, label, role)));
