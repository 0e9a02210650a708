// The visible race, asked through the scripting interface.
// SPDX-License-Identifier: MIT
import { until } from './checks.mjs';

export const race = (page) => page.run(() => window.descent.race.status());

// The first status for which fits(status) holds.
export const raceUntil = (page, fits, what) => until(async () => {
  const status = await race(page);
  return fits(status) && status;
}, what);
