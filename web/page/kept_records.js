// The tab's own record among those of the site: which one it is, who holds it, and the way to the store's worker. A tab
// holds its record by a lock that ends with it, however it ends; the id lies in the tab's session, so that a reload finds
// it again.
// SPDX-License-Identifier: MIT

const kSession = 'descent.tab';
const kReloadPatience = 1000;  // ms until the lock of the page before is free

export class Records {
  #worker = null;
  #waiting = new Map();
  #next = 1;
  #release = null;
  id = null;
  onTick = () => {};

  constructor() {
    try {
      this.#worker = new Worker(new URL('./keeper_worker.js', import.meta.url), { type: 'module' });
      this.#worker.addEventListener('message', ({ data }) => this.#take(data));
      this.#worker.addEventListener('error', () => this.#failAll());
    } catch {
      // ask() says so.
    }
  }

  #take(data) {
    if (data === 'tick') return this.onTick();
    const { resolve, reject } = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    return data.error === undefined ? resolve(data.value) : reject(Object.assign(new Error(data.error), { name: data.kind }));
  }

  #failAll() {
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error('its worker could not be started'));
    this.#waiting.clear();
  }

  // One of the worker's acts (keeper_worker.js).
  ask(name, argument) {
    if (!this.#worker) return Promise.reject(new Error('its worker could not be started'));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, argument });
    });
  }

  // The tab's session remembers {id, time, state, hash}.
  remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(kSession)) ?? {};
    } catch {
      return {};
    }
  }

  remember(facts) {
    try {
      sessionStorage.setItem(kSession, JSON.stringify({ ...facts, id: this.id }));
    } catch {
      // Storage is blocked: a reload then is a new tab.
    }
  }

  // True when the record of that id is this tab's now. patient: the tab before may be ending.
  async claim(id, patient = false) {
    if (!navigator.locks) return false;
    const how = patient ? { signal: AbortSignal.timeout(kReloadPatience) } : { ifAvailable: true };
    const release = await new Promise((resolve) => {
      navigator.locks.request(`descent.${id}`, how, (lock) => {
        if (!lock) return resolve(null);
        return new Promise((ended) => { resolve(ended); });
      }).catch(() => resolve(null));
    });
    if (!release) return false;
    this.#release?.();
    this.#release = release;
    this.id = id;
    return true;
  }

  // Another record from here on; the former one stays as it is.
  async begin() {
    if (!await this.claim(crypto.randomUUID())) throw new Error('it cannot tell its tabs apart');
    this.remember({});
  }

  // This tab's record after a reload; else, unless `alone`, the newest that no living tab holds. Nothing: it is new.
  async find(alone) {
    const own = this.remembered();
    if (own.id && await this.claim(own.id, true)) {
      const record = await this.ask('read', own.id);
      const newer = own.state && !(record?.time >= own.time);
      return newer ? { ...record, ...own, own: true } : record && { ...record, opening: own.opening, own: true };
    }
    for (const { id, aside } of alone ? [] : await this.ask('list')) {
      if (!aside && await this.claim(id)) {
        this.remember({});
        const record = await this.ask('read', id);
        if (record) return record;
      }
    }
    await this.begin();
    return null;
  }
}
