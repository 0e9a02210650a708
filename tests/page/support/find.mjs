// Looks for what is on the screen, in the page.
// SPDX-License-Identifier: MIT

// The first item that fits, once it has been there and kept its place for three display callbacks. Regions
// whose height follows their content settle in the frame after the one that showed them first, and nobody clicks that
// fast. Else what there was instead.
export async function findAtRest({ label, pattern, flags, role, enabled, seconds }) {
  const wanted = pattern === undefined ? null : new RegExp(pattern, flags);
  const fits = (item) => (wanted ? wanted.test(item.label) : item.label === label)
    && (role === undefined || item.role === role) && (enabled === undefined || item.enabled === enabled);
  const end = performance.now() + 1000 * seconds;
  let last = null;
  let kept = 0;
  for (;;) {
    const seen = window.descent.ui.items();
    const found = seen.find(fits);
    const same = found && last && ['x', 'y', 'width', 'height'].every((side) => found[side] === last[side]);
    kept = same ? kept + 1 : 0;
    if (kept >= 2) return { found };
    last = found;
    if (performance.now() > end) return { seen: seen.map((item) => `${item.role} '${item.label}'`) };
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
  }
}
