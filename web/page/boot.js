// The page's start: what the browser lacks, isolation, loading, and window.descent, which is there from the first moment
// (descent.ready says when it acts). The program picks up from here; nothing on this thread ever waits for it.
// SPDX-License-Identifier: MIT

import { Bridge } from './bridge.js';
import { Datasets } from './datasets.js';
import { makeDescent } from './descent.js';
import { hasRelaxedSimd, missingFeatures } from './features.js';
import { acceptDrops, acceptPastes, chooseFiles, takeFiles } from './files.js';
import { isolate } from './isolation.js';
import { Keeper } from './keeper.js';
import { loadProgram } from './loader.js';
import { takeMemory } from './memory.js';
import { offer } from './picture.js';
import { takePicture } from './picture_digit.js';
import { mayMove } from './motion.js';
import { announce, endProblems, hideScreen, showKeptTheme, showProblems, showProgress } from './screen.js';
import { bringsLink, followFragment, openScene, share } from './share.js';
import { TextField } from './text_field.js';

const bridge = new Bridge();
const datasets = new Datasets(bridge);
const simd = hasRelaxedSimd() ? 'relaxed' : 'simd128';
const firstFrame = {};
const drawn = new Promise((resolve, reject) => Object.assign(firstFrame, { resolve, reject }));
const ready = Promise.all([drawn, bridge.started]).then(() => {});
ready.catch(() => {});  // shown by the screen
const descent = makeDescent({ bridge, datasets, ready, simd });
window.descent = descent;

let fresh = null;  // the state of the page as it starts
let keeper = null;

// button: {action, request}, its words and what it asks of the page.
const say = (text, error = false, button = {}) => bridge.query('toast', { text, error, ...button });

// kindOf() is what the program calls a file by its name and its first bytes: 'a ZIP archive', or nothing.
async function kindOf(file) {
  const head = await file.slice(0, 512).arrayBuffer();
  return (await bridge.call('file_kind', { name: file.name }, [head])).value;
}

const take = (files) => takeFiles(files, descent, say, kindOf, (file) => takePicture(file, bridge));

const kLinkPatience = 2000;
const kGraphicsPatience = 5000;
const kNoGraphics = {
  title: 'Descent cannot draw',
  text: 'The browser took the graphics away for the time being.',
  problems: [{
    name: 'What happened',
    what: 'Browsers do so when the graphics driver starts anew, or when many pages draw at once.',
    remedy: 'Nothing is lost: race and training go on, and the picture comes back as soon as the browser lets the page draw. Closing other pages may help; a reload goes on from what was kept.',
  }],
};

function giveUp(error, title, text, problems) {
  firstFrame.reject(error);
  bridge.fail(error);
  showProblems(title, text, problems);
}

async function savePicture(of) {
  const picture = await descent.picture({ of, scale: Math.min(4, Math.max(2, devicePixelRatio)) });
  offer(picture, `descent-${descent.race.status().surface}${of === 'surface' ? '' : `-${of}`}.png`);
}

// The browser may take the graphics away, and as a rule gives them back soon (web/browser/browser.h): only where it does not, the
// page says so.
function watchGraphics(canvas) {
  let wait = 0;
  canvas.addEventListener('webglcontextlost', () => {
    wait = setTimeout(() => showProblems(kNoGraphics.title, kNoGraphics.text, kNoGraphics.problems), kGraphicsPatience);
  });
  canvas.addEventListener('webglcontextrestored', () => {
    clearTimeout(wait);
    endProblems(kNoGraphics.title);
  });
}

// kRequests are what the program asks of the page (web/bridge/hooks.cpp), "name" or "name:detail"; a request that fails
// says so on the page.
const kRequests = {
  share: () => share(descent, fresh, say),
  scene: (name) => openScene(descent, bridge, name),
  picture: savePicture,
  ensure_dataset: () => datasets.ensure(),
  expect_dataset: () => datasets.expect(),
  start_anew: () => keeper.anew(),
  bring_back: () => keeper.bringBack(),
  pick_dataset: () => chooseFiles('.gz,.idx,.ubyte,*/*', true, take),
  pick_picture: () => chooseFiles('image/*', false, take),
  pick_weights: () => chooseFiles('.safetensors,.pt,.pth', false, take),
};

function hooks() {
  return {
    ...bridge.hooks(),
    bridgeFirstFrame() {
      performance.mark('descent:first-frame');
      hideScreen();
      document.getElementById('canvas').focus({ preventScroll: true });  // keys go to the canvas
      firstFrame.resolve();
    },
    bridgeRequest(name) {
      // Later: the program is in the middle of a frame, whose snapshots must stay as they are.
      const [what, detail] = name.split(':');
      Promise.resolve().then(() => kRequests[what](detail)).catch((error) => say(`${error.message}.`, true));
    },
    simd,
    textField: new TextField(document.getElementById('canvas')),  // its listeners come before the program's
    awaitsLink: true,  // until it is false nothing is drawn
    onStatus: announce,
    onAbort: stopped,
  };
}

async function start() {
  document.getElementById('screen').toggleAttribute('data-started', true);
  showKeptTheme();
  const isolation = await isolate();
  if (isolation === 'reloading') return;
  const missing = missingFeatures();
  if (isolation !== 'isolated') missing.push(isolation);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    giveUp(new Error(`this browser lacks ${names}`), 'Descent cannot run here', 'This browser lacks something that Descent needs:', missing);
    return;
  }
  keeper = new Keeper({ bridge, descent, datasets, say });
  const { module, factory } = await loadProgram(`descent-${simd}`, showProgress);
  const memory = takeMemory();
  showProgress('Starting', 0.95);
  watchGraphics(document.getElementById('canvas'));
  const program = await factory({
    canvas: document.getElementById('canvas'),
    wasmMemory: memory,
    ...hooks(),
    instantiateWasm(imports, receive) {
      WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module)).catch(failedToStart);
      return {};
    },
  });
  bridge.attach(program);
  acceptDrops(take);
  acceptPastes(take);
  const patience = new Promise((resolve) => setTimeout(resolve, kLinkPatience));
  const followed = followLinks();
  await Promise.race([followed, patience]);
  program.awaitsLink = false;
  await followed;
  keeper.begin(memory).catch((error) => say(`${error.message}.`, true));
}

// A first visit opens with a race under way; where less motion is asked for it waits for Play.
async function showFirstRace() {
  await bridge.call('first_visit', {});
  if (mayMove()) await bridge.call('race.play');
}

async function followLinks() {
  await bridge.started;
  fresh = descent.state();
  const followed = await keeper.show(fresh);
  if (!keeper.goesOn && !bringsLink()) await showFirstRace();
  await followFragment(descent, bridge, fresh, say, followed);
}

function failedToStart(error) {
  giveUp(error, 'Descent did not start', 'The page is there, but the program is not.', [
    { name: 'What happened', what: `${error.message}.`, remedy: 'Reload the page; if memory was short, close other pages first. If it stays so, the site may be incomplete: ./descent build puts it together.' },
  ]);
}

function stopped(reason) {
  const what = /memory/i.test(String(reason)) ? 'The browser gave the page no more memory.' : `The program stopped: ${reason}.`;
  giveUp(new Error(what), 'Descent has stopped', 'Something went wrong that it cannot mend by itself.', [
    { name: 'What happened', what, remedy: 'Reload the page. Smaller batches need less memory; a share link brings its configuration back.' },
  ]);
}

// Traps and what the program's threads throw arrive outside of any promise. Errors of others (extensions, the console) are
// none of ours.
window.addEventListener('error', (event) => {
  const ours = event.error instanceof WebAssembly.RuntimeError || /\/descent-\w+\.js/.test(event.filename);
  const reason = event.error?.message ?? event.message;
  if (document.getElementById('screen').dataset.phase === 'loading') failedToStart(new Error(reason));
  else if (ours) stopped(reason);
});

start().catch(failedToStart);
