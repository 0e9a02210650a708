// node:test's test(), and when all that were registered with it are done: a worker asks for its next file then.
// SPDX-License-Identifier: MIT
import { test as nodeTest } from 'node:test';

const registered = [];

export const test = (name, run) => { registered.push(nodeTest(name, run)); };

export const allDone = () => Promise.all(registered);
