// Bridge: calls from JavaScript into the program. A call is a method's name, its arguments as JSON and any number of byte
// arrays, copied once into the program's memory as one block; the answer comes later as a message and settles a promise.
// Nothing here waits, and nothing depends on frames being drawn.
//
// Block: uint32 count, uint32 sizes[count], then the parts, each starting at a multiple of 16; part 0 is the method,
// part 1 the JSON (both UTF-8). The program frees it (web/bridge/message.h).
// SPDX-License-Identifier: MIT

import { readAnswer } from './answer_blocks.js';
import { encodePng } from './picture.js';

const kAlignment = 16;
const aligned = (size) => Math.ceil(size / kAlignment) * kAlignment;
const encoder = new TextEncoder();

export const asBytes = (data) =>
  data instanceof Uint8Array ? data
    : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);

export class Bridge {
  #program = null;
  #started;
  #start;
  #fail;
  #pending = new Map();  // id -> {resolve, reject}
  #next = 1;

  constructor() {
    this.#started = new Promise((resolve, reject) => {
      this.#start = resolve;
      this.#fail = reject;
    });
    this.#started.catch(() => {});  // shown by the screen; calls made meanwhile are rejected with the same reason
  }

  // hooks() are what the program's own JavaScript (web/bridge/hooks.cpp) calls; given to it before it starts.
  hooks() {
    return {
      bridgeReply: (id, ok, text, bytes) => this.#settle(id, ok, text, bytes),
      bridgePicture: (id, width, height, pixels) => this.#settlePicture(id, width, height, pixels),
    };
  }

  // Settles when calls are taken, or never will be.
  get started() {
    return this.#started;
  }

  attach(program) {
    this.#program = program;
    this.#start();
  }

  // The program cannot start or has ended: every call, waiting or to come, is rejected with this reason.
  fail(error) {
    this.#fail(error);
    this.#program = null;
    this.#started = Promise.reject(error);
    this.#started.catch(() => {});
    this.abandon(error);
  }

  // Calls under way are rejected with this reason; their answers are not waited for.
  abandon(error) {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  // True while a call is under way.
  get busy() {
    return this.#pending.size > 0;
  }

  // Promise of {value, bytes}: the answer, with its arrays in their places, and all its bytes, which may be a file.
  async call(method, args = {}, buffers = []) {
    if (!this.#program) await this.#started;
    const block = this.#block(method, args, buffers);
    const id = this.#next++;
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#program._descent_call(id, block);
    return answer;
  }

  // query() is for what is known on the page's own thread: it returns the value at once.
  query(method, args = {}) {
    if (!this.#program) throw new Error('Descent is still starting; await descent.ready first');
    const answer = this.#program.UTF8ToString(this.#program._descent_query(this.#block(method, args, [])));
    const { value, error } = JSON.parse(answer);
    if (error !== undefined) throw new Error(error);
    return value;
  }

  #block(method, args, buffers) {
    const parts = [encoder.encode(method), encoder.encode(JSON.stringify(args)), ...buffers.map(asBytes)];
    const head = new Uint32Array([parts.length, ...parts.map((part) => part.byteLength)]);
    const total = parts.reduce((sum, part) => sum + aligned(part.byteLength), aligned(head.byteLength));
    const block = this.#program._malloc(total) >>> 0;
    if (block === 0) throw new Error(`${method}: there is not enough memory for another ${(total / 1e6).toFixed(0)} MB`);
    let at = block;
    for (const part of [asBytes(head), ...parts]) {
      this.#program.bridgeWrite(at, part);
      at += aligned(part.byteLength);
    }
    return block;
  }

  // pixels: null when the graphics context was lost meanwhile.
  async #settlePicture(id, width, height, pixels) {
    const call = this.#pending.get(id);
    if (!call) return;
    this.#pending.delete(id);
    try {
      if (!pixels) throw new Error('picture: the graphics context was lost');
      call.resolve({ value: await encodePng(width, height, pixels) });
    } catch (error) {
      call.reject(error);
    }
  }

  #settle(id, ok, text, bytes) {
    const call = this.#pending.get(id);
    if (!call) return;
    this.#pending.delete(id);
    if (ok) return call.resolve({ value: readAnswer(text, bytes), bytes });
    // A refused formula's error has the column it was refused at.
    const { message, ...where } = JSON.parse(text);
    call.reject(Object.assign(new Error(message), where));
  }
}
