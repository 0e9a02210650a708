// The keeper's store, beside the page's own thread: IndexedDB with a record for every tab, and the bytes of its run, which
// are copied straight out of the program's memory. {id, name, argument} in, {id, value} or {id, error} out; 'tick' a few
// times a second, as timers of hidden pages are slowed down.
// SPDX-License-Identifier: MIT

const kStores = ['records', 'runs'];
const kTick = 250;                          // ms
const kBudget = { records: 8, bytes: 256e6 };  // those of closed tabs beyond it are removed, the oldest first

let memory = null;  // the program's

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('descent', 1);
    request.onupgradeneeded = () => kStores.forEach((name) => request.result.createObjectStore(name, { keyPath: 'id' }));
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => { opened = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab holds an older store'));
  });
  opened.catch(() => { opened = null; });
  return opened;
}

// One transaction over both stores: all of it or nothing.
async function inOne(mode, act) {
  const transaction = (await database()).transaction(kStores, mode);
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser gave up writing'));
  });
  ended.catch(() => {});
  const value = await act(...kStores.map((name) => transaction.objectStore(name)));
  transaction.commit?.();
  await ended;
  return value;
}

const newestFirst = (records) => records.sort((a, b) => b.time - a.time);
const list = () => inOne('readonly', async (records) => newestFirst(await done(records.getAll())));

async function heldIds() {
  const { held } = await navigator.locks.query();
  return held.map(({ name }) => name.replace('descent.', ''));
}

// Removes what is beyond the budget; `all`: every record that no tab holds.
async function prune(all) {
  const held = await heldIds();
  let bytes = 0;
  const over = (await list()).filter(({ id, size = 0 }, i) => {
    bytes += size;
    return !held.includes(id) && (all || i >= kBudget.records || bytes > kBudget.bytes);
  });
  await inOne('readwrite', (records, runs) => over.forEach(({ id }) => {
    records.delete(id);
    runs.delete(id);
  }));
  return over.length;
}

// run: {at, size} of the program's memory, null for none any more, undefined: it stays as it is.
async function put({ record, run }) {
  const bytes = run && new Uint8Array(memory, run.at, run.size).slice();
  const write = () => inOne('readwrite', (records, runs) => {
    if (bytes) runs.put({ id: record.id, bytes });
    if (run === null) runs.delete(record.id);
    records.put(record);
  });
  await write().catch(async (error) => {
    if (error?.name !== 'QuotaExceededError' || await prune(true) === 0) throw error;
    await write();
  });
}

const kActs = {
  list,
  put,
  prune,
  read: (id) => inOne('readonly', async (records, runs) => {
    const [record, run] = await Promise.all([done(records.get(id)), done(runs.get(id))]);
    return record && { ...record, run: run?.bytes };
  }),
  aside: (id) => inOne('readwrite', async (records) => {
    const record = await done(records.get(id));
    if (record) records.put({ ...record, aside: true });
  }),
  remove: (id) => inOne('readwrite', (records, runs) => {
    records.delete(id);
    runs.delete(id);
  }),
  memory: (buffer) => { memory = buffer; },
  ticks: () => { setInterval(() => self.postMessage('tick'), kTick); },
};

self.addEventListener('message', async ({ data: { id, name, argument } }) => {
  try {
    self.postMessage({ id, value: await kActs[name](argument) });
  } catch (error) {
    self.postMessage({ id, error: `${error?.message || error}`, kind: error?.name });
  }
});
