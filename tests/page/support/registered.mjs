// node:test's test(), and when all that were registered with it are done: a worker asks for its next file then. It needs no
// package, so that the runner can be tested without any.
// SPDX-License-Identifier: MIT
import { test as nodeTest } from 'node:test';

const registered = [];

export const test = (name, run) => { registered.push(nodeTest(name, run)); };

// Work that is left once there is no further file.
const ends = [];
export const atEnd = (act) => { ends.push(act); };
export async function end() {
  for (const act of ends) await act();
}

export const allDone = () => Promise.all(registered);
