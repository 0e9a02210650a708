// PageUnderTest: one tab with Descent in it. Finds what is on the screen through descent.ui.items() and works it with the
// real mouse, fingers and keys; calls the scripting interface and hands back values or the message of a refusal. It keeps
// what it was told and what the console said, for the case that its test fails.
// SPDX-License-Identifier: MIT
import { carryBytes } from './bytes.mjs';
import { check, equal } from './checks.mjs';
import { findAtRest } from './find.mjs';
import { holdFrames, releaseFrames, stopAll } from './idle.mjs';

const kRemembered = 60;  // commands

const brief = (value) => {
  const text = typeof value === 'string' ? value : typeof value === 'function' ? String(value) : JSON.stringify(value) ?? '';
  return text.replaceAll(/\s+/g, ' ').slice(0, 160);
};

export class PageUnderTest {
  #held = new Map();  // button or key -> 'mouse' or 'keyboard'
  #moved = false;
  #client = null;
  #script = null;

  constructor(tab) {
    this.tab = tab;
    this.#listen();
    this.#record();
    this.begin();
  }

  #listen() {
    this.tab.on('console', (message) => {
      this.console.push(`${message.type()}: ${message.text()}`);
      if (message.type() === 'error') this.errors.push(message.text());
    });
    this.tab.on('pageerror', (error) => {
      this.console.push(`uncaught: ${error.stack ?? error}`);
      this.errors.push(String(error));
    });
  }

  // #record() notes what hands do, whoever calls the tab's own functions.
  #record() {
    const { mouse, keyboard, touchscreen } = this.tab;
    for (const [what, device, names] of [['mouse', mouse, ['move', 'down', 'up', 'wheel', 'click', 'dblclick']],
      ['keyboard', keyboard, ['press', 'type', 'insertText', 'down', 'up']], ['finger', touchscreen, ['tap']]]) {
      for (const name of names) {
        const act = device[name].bind(device);
        device[name] = (...args) => {
          this.#note(`${what}.${name} ${args.map(brief).join(' ')}`);
          this.#follow(what, name, args[0]);
          return act(...args);
        };
      }
    }
  }

  // #follow() keeps what is held down, and whether the pointer has moved: each event costs a frame to take back.
  #follow(what, name, argument) {
    if (what === 'mouse') this.#moved = true;
    const held = what === 'mouse' ? argument?.button ?? 'left' : argument;
    if (name === 'down') this.#held.set(held, what);
    if (name === 'up') this.#held.delete(held);
  }

  #note(line) {
    this.commands.push(`${new Date().toISOString().slice(11, 23)} ${line}`);
    if (this.commands.length > kRemembered) this.commands.shift();
  }

  // A test begins.
  begin() {
    this.errors = [];
    this.console = [];
    this.commands = [];
  }

  async open(address, { ready = true } = {}) {
    await this.tab.goto(address, { waitUntil: 'load' });
    if (ready) await this.ready();
    this.screen = this.tab.viewportSize();
  }

  // The same in a tab that may have been another test's: nothing of that is left. before: text that runs ahead of the page's
  // own scripts; ready: whether to wait for the program.
  async openAnew(address, { fragment = '', before, ready = true } = {}) {
    const client = await this.#devtools();
    if (this.#script) await client.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: this.#script });
    await client.send('Page.enable');
    this.#script = before && (await client.send('Page.addScriptToEvaluateOnNewDocument', { source: before })).identifier;
    if (!this.screen) return this.open(address + fragment, { ready });
    await this.sleep(false);
    this.begin();
    // The page keeps things as it ends; they are written by then.
    await this.vacate(address);
    await client.send('Storage.clearDataForOrigin', { origin: new URL(address).origin, storageTypes: 'all' });
    await this.tab.evaluate(() => sessionStorage.clear());
    await this.tab.goto(address + fragment, { waitUntil: 'load' });
    if (ready) await this.ready();
  }

  // vacate() leaves the program for an empty document of its site, which has an icon: the browser asks the host for one of
  // a document without, and complains in the console when there is none.
  async vacate(address) {
    const empty = new URL('empty.html', address).href;
    const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    await this.tab.route(empty, (route) => route.fulfill({ contentType: 'text/html', headers, body: '<link rel="icon" href="data:,">' }));
    await this.tab.goto(empty);
    await this.tab.unroute(empty);
  }

  async ready() {
    await this.tab.waitForFunction(() => window.descent !== undefined, null, { polling: 50, timeout: 60000 });
    await this.tab.evaluate(() => window.descent.ready);
    await this.tab.evaluate(carryBytes);
  }

  async #devtools() {
    return (this.#client ??= await this.tab.context().newCDPSession(this.tab));
  }

  // #letGo() leaves nothing pressed, nothing listened to, the window as large as it was.
  async #letGo() {
    for (const [held, device] of [...this.#held]) await (device === 'mouse' ? this.tab.mouse.up({ button: held }) : this.tab.keyboard.up(held));
    if (this.#moved) await this.tab.mouse.move(0, 0);
    this.#moved = false;
    await this.tab.unrouteAll({ behavior: 'ignoreErrors' });
    for (const event of ['dialog', 'download', 'filechooser', 'request', 'popup']) this.tab.removeAllListeners(event);
    if (JSON.stringify(this.tab.viewportSize()) !== JSON.stringify(this.screen)) await this.tab.setViewportSize(this.screen);
  }

  // Until openAnew(), with nothing under way; false when the tab can no longer be used.
  async rest() {
    return this.#letGo().then(() => this.tab.evaluate(stopAll)).then(() => this.sleep(true)).then(() => true, () => false);
  }

  // startOver() resets the page, which is then as it was when it opened; but for what a script ahead of its own has left
  // in it where `globals` stay.
  async startOver({ globals = false } = {}) {
    await this.#letGo();
    await this.frames();
    await this.run(async (stay) => {
      await window.descent.reset();
      document.getElementById('canvas').focus({ preventScroll: true });
      const own = Object.keys(window).filter((name) => name.startsWith('__') && !['__base64', '__bytes'].includes(name));
      for (const name of stay ? [] : own) delete window[name];
      await window.descent.ui.settled();
    }, globals);
  }

  // A page that nobody uses gets no display callbacks, and so asks for none.
  async sleep(asleep) {
    await this.tab.evaluate(asleep ? holdFrames : releaseFrames);
    await (await this.#devtools()).send('Page.setWebLifecycleState', { state: asleep ? 'frozen' : 'active' });
  }

  // fn runs in the page with `argument`; typed arrays do not travel, so it returns plain data.
  run(fn, argument) {
    this.#note(`run ${brief(fn)} ${argument === undefined ? '' : brief(argument)}`);
    return this.tab.evaluate(fn, argument);
  }

  // The message with which the call is refused; fails when it is not. `call` runs in the page.
  async refusal(call, argument) {
    const answer = await this.run(`(async () => {
      try {
        await (${call})(${JSON.stringify(argument)});
      } catch (error) {
        return { refused: true, message: error.message, is_error: error instanceof Error };
      }
      return { refused: false };
    })()`);
    check(answer.refused, `accepted, and should have been refused: ${call}`);
    check(answer.is_error, `rejected with something that is no Error: ${call}`);
    return answer.message;
  }

  items() {
    return this.tab.evaluate(() => window.descent.ui.items());
  }

  // The item with this label (text, or a pattern) and role, once it is there and keeps its place. seconds: how long it
  // may take; short ones are for what must not be there.
  async item(label, role, { seconds = 20, enabled } = {}) {
    const name = label instanceof RegExp ? { pattern: label.source, flags: label.flags } : { label };
    const { found, seen } = await this.tab.evaluate(findAtRest, { ...name, role, enabled, seconds });
    if (!found) throw new Error(`${role ?? 'item'} '${label}' on the screen: not within ${seconds} s; there are ${seen.join(', ')}`);
    return found;
  }

  // settled() ends when nothing on the screen will change by itself any more.
  settled(seconds = 60) {
    return this.tab.evaluate((limit) => window.descent.ui.settled({ seconds: limit }), seconds);
  }

  // A picture of the page, or of `clip` of it, at rest.
  async picture(clip) {
    await this.settled();
    return this.tab.screenshot({ clip });
  }

  // Two display callbacks: what was drawn before has been seen.
  async frames(n = 2) {
    await this.tab.evaluate((count) => new Promise((resolve) => {
      const next = (left) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)));
      next(count);
    }), n);
  }

  center({ x, y, width, height }, fx = 0.5, fy = 0.5) {
    return { x: x + fx * width, y: y + fy * height };
  }

  // Dear ImGui wants to see the pointer arrive, press and release in frames of their own.
  async clickAt({ x, y }) {
    await this.tab.mouse.move(x, y);
    await this.frames();
    await this.tab.mouse.down();
    await this.frames();
    await this.tab.mouse.up();
    await this.frames();
  }

  async click(label, role) {
    const item = await this.item(label, role, { enabled: true });
    this.#note(`click ${role} '${label}'`);
    await this.clickAt(this.center(item));
    return item;
  }

  // The same with a finger.
  async tap(label, role) {
    const { x, y } = this.center(await this.item(label, role, { enabled: true }));
    await this.tab.touchscreen.tap(x, y);
    await this.frames(3);
  }

  // points: [{x, y}, …] in CSS pixels; pressed at the first, released at the last.
  async drag(points) {
    const [first, ...rest] = points;
    await this.tab.mouse.move(first.x, first.y);
    await this.frames();
    await this.tab.mouse.down();
    await this.frames();
    for (const { x, y } of rest) {
      await this.tab.mouse.move(x, y);
      await this.frames(1);
    }
    await this.tab.mouse.up();
    await this.frames();
  }

  // One key, or some that are held together as in 'Control+a'. Pressed and let go in one message: a key that is held, if
  // only because the machine is busy, repeats itself.
  async key(name) {
    const { keyboard } = this.tab;
    const keys = name.length > 1 ? name.split('+') : [name];
    const held = keys.map((key) => keyboard.down(key));
    await Promise.all([...held, ...[...keys].reverse().map((key) => keyboard.up(key))]);
    await this.frames();
  }

  // type() replaces what the field with the keyboard holds; Enter or leaving confirms it.
  async type(text) {
    await this.key('Control+a');
    await this.tab.keyboard.type(text, { delay: 15 });
    await this.frames();
  }

  // Clicks into the field of this name and types; Enter confirms.
  async fill(label, text) {
    await this.click(label, 'field');
    await this.type(text);
    await this.key('Enter');
  }

  // Sent in one go: a double click is one by the time between its presses, which waiting for each would draw out.
  async doubleClickAt({ x, y }) {
    const { mouse } = this.tab;
    await mouse.move(x, y);
    await this.frames();
    await Promise.all([1, 2].flatMap((clickCount) => [mouse.down({ clickCount }), mouse.up({ clickCount })]));
    await this.frames();
  }

  // The pause is so long that the next click is not the second one of a double click, which takes at most 0.3 s.
  pauseBetweenClicks() {
    return this.tab.waitForTimeout(350);
  }

  // follow() does as a visitor who changes the part of the address after #.
  follow(fragment) {
    return this.run((hash) => { location.hash = hash; }, fragment);
  }

  // Assertions of Dear ImGui that did not hold (web/app/interface_faults.h): every test fails by them.
  noFaults() {
    equal(this.errors.filter((text) => text.startsWith("Descent's interface: ")), [], 'assertions of the interface library');
  }

  noErrors() {
    equal(this.errors, [], 'errors in the console');
  }
}
