// Keeper: what was set, drawn and trained survives a reload, a crash of the tab and a closed laptop. Settings and strokes
// are kept a quarter of a second after they changed, the run every four seconds of training, when it stops and when the
// page is hidden; a file of the run is made by the trainer's thread and written by the keeper's worker. The next page
// of this tab, or a new tab, goes on from there.
// SPDX-License-Identifier: MIT

import { Records } from './kept_records.js';
import { without } from './links.js';

const kFormat = 1;
const kEvery = 4000;   // ms of training between two files of the run
const kLively = 1500;  // ms after input in which settings are looked at with every tick
const kCalm = 8;       // ticks between two looks otherwise
const kMostOpenings = 2;
const kInput = ['pointerdown', 'pointerup', 'keydown', 'keyup', 'wheel', 'drop', 'paste'];

const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export class Keeper {
  #bridge;
  #descent;
  #datasets;
  #say;
  #records = new Records();
  #found;                  // promise of what was kept, or nothing
  #fault = null;           // why nothing can be stored
  #complained = false;
  #fresh = {};             // the state of the page as it starts
  #record = null;          // as it is stored, but for its id; null: nothing is
  #seen = '';              // state, address and strokes that were last looked at
  #strokes = 0;            // version of those in the record
  #version = '';           // of the run that was last looked at
  #savedAt = 0;
  #saving = false;
  #raceStep = 0;           // of the race, as it is kept: where it stands, or stood not long ago
  #raceAt = { step: 0, time: 0 };  // when it was last looked at
  #ticks = 0;
  #inputAt = 0;
  #former = null;          // id of the record that was left by anew()

  constructor({ bridge, descent, datasets, say }) {
    this.#bridge = bridge;
    this.#descent = descent;
    this.#datasets = datasets;
    this.#say = say;
    this.#found = this.#records.find(location.hash.length > 1).catch((error) => {
      this.#fault = error;
      const { state, hash } = this.#records.remembered();
      return state ? { format: kFormat, state, hash, own: true } : null;
    });
  }

  // Brings back the settings that were kept; true when they take the place of the address's link, because the page was
  // left with it and went on from there.
  async show(fresh) {
    this.#fresh = fresh;
    const kept = await this.#found;
    const linked = location.hash.length > 1 && !(kept?.own && kept.hash === location.hash);
    this.#found = kept && await this.#settings(kept, linked);
    return !linked && location.hash.length > 1;
  }

  // After show(): whether there is something to go on with.
  get goesOn() {
    return Boolean(this.#found);
  }

  // Goes on with the run that was kept, and keeps what comes. memory: the program's.
  async begin(memory) {
    const kept = await this.#found;
    if (kept) await this.#continue(kept).catch((error) => this.#setAside(kept, error.message));
    this.#records.ask('memory', memory.buffer).catch(() => {});
    this.#records.onTick = () => this.#tick();
    this.#records.ask('ticks').catch(() => setInterval(() => this.#tick(), 1000));
    if (!this.#fault) this.#records.ask('prune').catch(() => {});
    for (const type of kInput) window.addEventListener(type, () => { this.#inputAt = performance.now(); }, true);
    const hidden = () => document.visibilityState === 'hidden' && this.#tick(true);
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', () => this.#tick(true));
  }

  // The page as it starts; what was here stays stored, and bringBack() opens it again.
  async anew() {
    const { theme } = this.#descent.state();
    await this.#keepRun(this.#bridge.query('kept'));
    await this.#put({ aside: true });
    this.#former = this.#records.id;
    await this.#another();
    await this.#descent.reset();
    await this.#descent.apply({ version: 1, theme });
    this.#say('Started anew. What was here is kept.', false, { action: 'Bring it back', request: 'bring_back' });
  }

  async bringBack() {
    const kept = await this.#records.ask('read', this.#former);
    if (!kept || !await this.#records.claim(kept.id)) throw new Error('what was here is not stored any more');
    await this.#continue(await this.#settings(kept, false));
  }

  async #another() {
    await this.#records.begin();
    this.#record = null;
    this.#seen = this.#version = '';
    this.#strokes = 0;
  }

  // Leaves a record as it is and says why it was not opened.
  async #setAside(kept, why) {
    if (kept.id) await this.#records.ask('aside', kept.id).catch(() => {});
    await this.#another().catch((error) => { this.#fault = error; });
    this.#say(`What this page kept could not be opened: ${why}. It stays stored; the page starts anew.`, true);
    return null;
  }

  // linked: a link says how the page is to look, and what was kept only has a run that may fit.
  async #settings(kept, linked) {
    if (kept.format > kFormat) return this.#setAside(kept, 'it is of a newer version of the page');
    if (kept.opening >= kMostOpenings) return this.#setAside(kept, 'the page stopped twice while it was opened');
    if (linked) return kept;
    try {
      await this.#descent.apply(kept.state);
      if (kept.race_step > 0) await this.#bridge.call('keep.replay', { n: kept.race_step });
      if (kept.strokes) await this.#bridge.call('keep.draw', {}, [kept.strokes]);
    } catch (error) {
      return this.#setAside(kept, error.message);
    }
    return { ...kept, shown: true };
  }

  async #continue(kept) {
    if (!kept) return;
    // Answered when the trainer's snapshot, of which the state is read, shows the settings.
    if (kept.run) await this.#bridge.call('network.pause');
    const fits = kept.run && this.#fits(JSON.parse(kept.config));
    // A link to something else: what was kept waits in its record for a page without one.
    if (!fits && !kept.shown) return this.#another();
    if (fits) {
      this.#records.remember({ ...this.#records.remembered(), opening: (kept.opening ?? 0) + 1 });
      const own = kept.dataset !== '' && kept.catalog === '';
      if (own) this.#datasets.hold();
      try {
        await this.#bridge.call('keep.take_up', {}, [kept.run]);
      } catch (error) {
        return this.#setAside(kept, error.message);
      }
    }
    this.#adopt(kept, fits);
    this.#greet(kept, fits);
  }

  // Two networks of one configuration, but for what may change while it trains.
  #fits(config) {
    const present = this.#descent.state().network;
    return ['network', 'optimizer', 'seed'].every((name) => equal(config[name], present[name]));
  }

  #adopt({ id, run, own, shown, opening, aside, ...record }, fits) {
    this.#record = { ...record, hasRun: fits };
    const now = this.#bridge.query('kept');
    this.#version = fits ? now.version : '';
    this.#strokes = now.strokes;
    this.#records.remember({});
  }

  #greet({ epochs, accuracy, dataset, catalog, state }, fits) {
    const changed = Object.keys(without(state, this.#fresh)).some((name) => !['version', 'theme'].includes(name));
    if (!fits && !changed) return;
    const percent = accuracy >= 0 ? `, ${(100 * accuracy).toFixed(1)} %` : '';
    const where = fits ? `: epoch ${epochs.toFixed(1)}${percent}` : '';
    const files = fits && dataset !== '' && catalog === ''
      ? ' The browser does not keep your own files: load them again, and training goes on from there.' : '';
    this.#say(`Continued where you left${where}.${files}`, false, { action: 'Start anew', request: 'start_anew' });
  }

  // at_once: the page is being hidden, and may not come back.
  #tick(at_once = false) {
    let now;
    try {
      now = this.#bridge.query('kept');
    } catch {
      return;  // the program has ended
    }
    const time = performance.now();
    this.#ticks += 1;
    this.#followRace(now.race_step, time, at_once);
    const lively = this.#seen === '' || time - this.#inputAt < kLively || this.#ticks % kCalm === 0;
    if (at_once || lively || now.strokes !== this.#strokes) this.#keepSettings(now).catch((error) => this.#complain(error));
    const due = at_once || !now.works || time - this.#savedAt >= kEvery;
    if (due && now.version !== this.#version) this.#keepRun(now);
  }

  // A race that plays is not stored with every step.
  #followRace(step, time, at_once) {
    if (at_once || step === this.#raceAt.step || time - this.#raceAt.time >= kEvery) this.#raceStep = step;
    if (step === this.#raceStep || this.#raceAt.time === 0) this.#raceAt.time = time;
    this.#raceAt.step = step;
  }

  async #keepSettings(now) {
    const state = this.#descent.state();
    const { hash } = location;
    const race_step = this.#raceStep;
    const seen = JSON.stringify([state, hash, now.strokes, race_step]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    const changed = Object.keys(without(state, this.#fresh)).some((name) => name !== 'version');
    if (!changed && !now.learned && now.strokes === 0) {
      this.#records.remember({});
      if (this.#record && !this.#fault) await this.#records.ask('remove', this.#records.id);
      this.#record = null;
      return;
    }
    const time = Date.now();
    this.#records.remember({ time, state, hash, race_step });
    this.#record = { ...this.#record, time, state, hash, race_step };
    if (now.strokes !== this.#strokes) {
      this.#strokes = now.strokes;
      this.#record.strokes = now.strokes > 0 ? (await this.#bridge.call('keep.strokes')).bytes : undefined;
    }
    await this.#put();
  }

  async #keepRun(now) {
    if (this.#saving) return;
    this.#saving = true;
    this.#savedAt = performance.now();
    this.#version = now.version;
    try {
      if (now.learned) {
        const { value: { config, ...run } } = await this.#bridge.call('keep.run');
        const { epochs, accuracy, dataset, images, catalog } = now;
        const state = this.#descent.state();
        this.#record = { ...this.#record, state, hash: location.hash, time: Date.now(), epochs, accuracy, dataset, images, catalog, config, size: run.size, hasRun: true };
        await this.#put({}, run);
      } else if (this.#record?.hasRun) {
        this.#record = { ...this.#record, time: Date.now(), hasRun: false, size: 0 };
        await this.#put({}, null);
      }
    } catch (error) {
      if (now.learned) this.#complain(error);
    } finally {
      this.#saving = false;
      this.#bridge.call('keep.free').catch(() => {});  // the program may have ended
    }
  }

  async #put(more = {}, run) {
    if (this.#fault) throw this.#fault;
    const { build } = this.#descent.info();
    await this.#records.ask('put', { record: { id: this.#records.id, format: kFormat, build, ...this.#record, ...more }, run });
  }

  // Once, when there is something to lose.
  #complain(error) {
    if (this.#complained || /reset\(\) was called/.test(error.message) || !this.#bridge.query('kept').learned) return;
    this.#complained = true;
    const why = error.name === 'QuotaExceededError' ? 'the browser gives this page no more room' : `the browser keeps nothing for this page (${error.message})`;
    this.#say(`From here on nothing of the run is kept: ${why}. Save weights, in the rail, keeps it.`, true);
  }
}
