// PageUnderTest: one tab with Descent in it. Finds what is on the screen through descent.ui.items() and works it with the
// real mouse, fingers and keys; calls the scripting interface and hands back values or the message of a refusal.
// SPDX-License-Identifier: MIT
import { check, equal, until } from './runner.mjs';

export class PageUnderTest {
  constructor(tab) {
    this.tab = tab;
    this.errors = [];
    tab.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    tab.on('pageerror', (error) => this.errors.push(String(error)));
  }

  async open(address) {
    await this.tab.goto(address, { waitUntil: 'load' });
    await this.ready();
  }

  async ready() {
    await this.tab.waitForFunction(() => window.descent !== undefined, null, { polling: 50, timeout: 20000 });
    await this.tab.evaluate(() => window.descent.ready);
    await this.tab.evaluate(() => {
      // Long byte arrays leave the page as text.
      window.__base64 = async (bytes) => new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(',')[1]);
        reader.readAsDataURL(new Blob([bytes]));
      });
    });
  }

  // fn runs in the page with `argument`; typed arrays do not travel, so it returns plain data.
  run(fn, argument) {
    return this.tab.evaluate(fn, argument);
  }

  // The message with which the call is refused; fails when it is not. `call` runs in the page.
  async refusal(call, argument) {
    const answer = await this.tab.evaluate(`(async () => {
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
    return this.run(() => window.descent.ui.items());
  }

  // The item with this label (text, or a pattern) and role, once it is there and keeps its place: regions whose height
  // follows their content settle in the frame after the one that showed them first, and nobody clicks that fast.
  async item(label, role, { seconds = 5, enabled } = {}) {
    const fits = (item) => (label instanceof RegExp ? label.test(item.label) : item.label === label)
      && (role === undefined || item.role === role) && (enabled === undefined || item.enabled === enabled);
    let seen = [];
    const find = async () => {
      seen = await this.items();
      return seen.find(fits);
    };
    return until(async () => {
      const first = await find();
      if (!first) return undefined;
      await this.frames(3);
      const again = await find();
      return again && ['x', 'y', 'width', 'height'].every((side) => again[side] === first[side]) && again;
    }, `${role ?? 'item'} '${label}' on the screen`, seconds).catch((error) => {
      throw new Error(`${error.message}; there are ${seen.map((i) => `${i.role} '${i.label}'`).join(', ')}`);
    });
  }

  // Two display callbacks: what was drawn before has been seen.
  async frames(n = 2) {
    await this.run((count) => new Promise((resolve) => {
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
    await this.clickAt(this.center(item));
    return item;
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

  async key(name) {
    await this.tab.keyboard.press(name, { delay: 60 });
    await this.frames();
  }

  noErrors() {
    equal(this.errors, [], 'errors in the console');
  }
}
