// The surveys' part: maps of basins, sweeps of learning rates and heat maps on one thread and on two, in Chromium, beside
// the plain reference that runs the same descents one by one (tests/bench/surfaces/). Figures are medians of rounds; a ratio
// compares figures of the same round.
// SPDX-License-Identifier: MIT
import { Stage } from '../page/support/stage.mjs';
import { makeBenchPage, runInTab } from './kernels.mjs';
import { kSurveyHead, surveyFigures, surveyRow } from './survey_figures.mjs';
import { table } from './table.mjs';

const kProgram = 'surfaces_bench';

export async function measureSurfaces({ quick }, say) {
  const stage = await Stage.open({ artifacts: '', root: await makeBenchPage([kProgram]) });
  const rounds = [];
  try {
    const tab = await (await stage.context()).newPage();
    await tab.goto(stage.origin);
    if (!quick) await runInTab(tab, kProgram, ['1']);  // compiled for good
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      say(`surveys: round ${round + 1}`);
      rounds.push((await runInTab(tab, kProgram, [quick ? '0.1' : '30'])).map((line) => JSON.parse(line)));
    }
    return { browser: stage.browser.version(), rounds: rounds.length, figures: surveyFigures(rounds) };
  } finally {
    await stage.close();
  }
}

export function surfacesTables({ browser, rounds, figures }) {
  return table([`Surveys in Chromium ${browser}, median of ${rounds}; a step is one evaluation of f and its gradient`, kSurveyHead, ...figures.map(surveyRow)]);
}
