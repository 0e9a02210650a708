// Keeps what one needs to understand a failed test: for each of its pages the screenshot, what is on the screen, state
// and statuses, the console, the last commands; and the error. One folder for each failure.
// SPDX-License-Identifier: MIT
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { reveal } from './drawing.mjs';

const slug = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 80);

// A page that hangs or has crashed answers nothing.
function patiently(promise, seconds = 10) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), 1000 * seconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function facts(page) {
  return page.tab.evaluate(() => {
    const asked = {};
    for (const [name, ask] of Object.entries({
      items: () => window.descent.ui.items(), state: () => window.descent.state(), race: () => window.descent.race.status(),
      network: () => window.descent.network.status(), sampler: () => window.descent.sampler.status(),
      address: () => location.href, screen: () => document.body.innerText,
    })) {
      try {
        asked[name] = ask();
      } catch (error) {
        asked[name] = `not to be had: ${error.message}`;
      }
    }
    return asked;
  });
}

async function ofPage(page, prefix) {
  const write = (ending, content) => writeFile(`${prefix}${ending}`, content);
  await write('-commands.txt', `${page.commands.join('\n')}\n`);
  await write('-console.txt', `${page.console.join('\n')}\n`);
  await patiently(facts(page)).then((found) => write('.json', `${JSON.stringify(found, null, 1)}\n`), (error) => write('.json', `${error}\n`));
  await patiently(reveal(page).then(() => page.tab.screenshot({ path: `${prefix}.png` }))).catch((error) => write('-screenshot.txt', `${error}\n`));
}

// Returns the folder.
export async function keepEvidence(stage, name, error) {
  const folder = join(stage.artifacts, 'failed', process.env.DESCENT_PAGE_ATTEMPT ?? 'first', slug(name));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'error.txt'), `${name}\n${error.stack ?? error}\n`);
  for (const [i, page] of stage.pages().entries()) await ofPage(page, join(folder, `page-${i + 1}`));
  return folder;
}
