// The arrays of answers from the program, as the page's JavaScript reads them; what is written: tests/script/answer_blocks_test.cpp.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from '../../web/page/answer_blocks.js';
import { Bridge } from '../../web/page/bridge.js';

// Bytes of the arrays, each at a multiple of 64.
function bytesOf(arrays) {
  const bytes = new Uint8Array(64 * arrays.length);
  arrays.forEach((array, i) => bytes.set(new Uint8Array(array.buffer), 64 * i));
  return bytes;
}

test('blocks of all types become typed arrays in their places, and all else stays', () => {
  const arrays = [new Float32Array([1.5, 2]), new Float64Array([0.1, -3, 4, 5]), new Int32Array([-7]), new Uint8Array([1, 2, 3])];
  const text = '{"first": {"$block": "float32", "at": 0, "shape": [2]}, "text": "$block", "list": [{"name": "a", '
    + '"rows": {"$block": "float64", "at": 64, "shape": [2, 2]}, "none": null}, {"$block": "int32", "at": 128, "shape": [1]}], '
    + '"last": {"$block": "uint8", "at": 192, "shape": [3]}}';
  const value = readAnswer(text, bytesOf(arrays));
  assert.deepEqual(value, { first: arrays[0], text: '$block', list: [{ name: 'a', rows: arrays[1], none: null }, arrays[2]], last: arrays[3] });
  assert.deepEqual(Object.keys(value), ['first', 'text', 'list', 'last']);
});

test('the bytes may begin anywhere in their buffer, and a block may be empty or the whole answer', () => {
  const bytes = new Uint8Array(new Float64Array([1, 2, 3]).buffer).subarray(8);
  assert.deepEqual(readAnswer('{"$block": "float64", "at": 8, "shape": [1]}', bytes), new Float64Array([3]));
  assert.deepEqual(readAnswer('{"$block": "float32", "at": 0, "shape": [0, 2]}', new Uint8Array(0)), new Float32Array(0));
});

test('answers without blocks are their JSON', () => {
  assert.equal(readAnswer('null', new Uint8Array(0)), null);
  assert.deepEqual(readAnswer(String.raw`{"text": "\"$block\""}`, new Uint8Array(0)), { text: '"$block"' });
});

test('a call is answered with its arrays in place', async () => {
  const bridge = new Bridge();
  const calls = [];
  bridge.attach({ _malloc: () => 16, bridgeWrite() {}, _descent_call: (id) => calls.push(id) });
  const answer = bridge.call('sample');
  bridge.hooks().bridgeReply(calls[0], true, '{"points": {"$block": "int32", "at": 0, "shape": [2]}}', new Uint8Array(new Int32Array([4, 5]).buffer));
  assert.deepEqual((await answer).value, { points: new Int32Array([4, 5]) });
  const refused = bridge.call('sample');
  bridge.hooks().bridgeReply(calls[1], false, '{"message": "No.", "column": 3}', new Uint8Array(0));
  await assert.rejects(refused, { message: 'No.', column: 3 });
});
