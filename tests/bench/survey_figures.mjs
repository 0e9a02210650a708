// Makes of the surveys' rounds medians, ratios within a round and cells of a table. It measures nothing.
// SPDX-License-Identifier: MIT
import { median, summary } from './statistics.mjs';
import { number, withSpread } from './table.mjs';

const kReference = 'one by one';

// rounds: [[{what, surface, threads, steps_per_second, seconds}, …], …], the same lines in each. Resolves with
// [{what, surface, threads, steps_per_second, seconds, against_reference, against_one_thread}].
export function surveyFigures(rounds) {
  const find = (lines, { what, surface, threads }) => lines.find((one) => one.what === what && one.surface === surface && one.threads === threads);
  return rounds[0].map((line) => {
    const against = (other) => {
      const all = rounds.map((lines) => [find(lines, line), find(lines, { ...line, ...other })]);
      return all.every(([, base]) => base) ? median(all.map(([own, base]) => own.steps_per_second / base.steps_per_second)) : null;
    };
    const own = rounds.map((lines) => find(lines, line));
    return {
      what: line.what,
      surface: line.surface,
      threads: line.threads,
      steps_per_second: summary(own.map((one) => one.steps_per_second)),
      seconds: summary(own.map((one) => one.seconds)),
      against_reference: line.what.startsWith('basins') ? against({ what: kReference, threads: 1 }) : null,
      against_one_thread: line.threads > 1 ? against({ threads: 1 }) : null,
    };
  });
}

const times = (ratio) => (ratio === null ? '–' : `${number(ratio, 2)} x`);

// Cells of one line, as text.
export function surveyRow({ what, surface, threads, steps_per_second: rate, seconds, against_reference, against_one_thread }) {
  const millions = { ...rate, median: rate.median / 1e6 };
  return [`${what}, ${surface}, ${threads} thread${threads === 1 ? '' : 's'}`, withSpread(millions, 1), number(seconds.median, 3), times(against_reference), times(against_one_thread)];
}

export const kSurveyHead = ['surveys of 200 steps', 'million steps/s', 'seconds', 'to one by one', 'to 1 thread'];
