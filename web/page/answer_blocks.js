// Answer blocks: the arrays of an answer from the program. Its JSON says where each stands and what it is, as
// {"$block": type, "at": byte, "shape": [n, …]}; the numbers lie in the answer's bytes (engine/script/answer_blocks.h).
// SPDX-License-Identifier: MIT

const kTypes = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array };

// The value of the JSON with a typed array, row by row, in the place of every block. The arrays are views of `bytes`.
export function readAnswer(text, bytes) {
  if (!text.includes('"$block"')) return JSON.parse(text);
  return JSON.parse(text, (_, value) => {
    const Type = kTypes[value?.$block];
    if (Type === undefined) return value;
    return new Type(bytes.buffer, bytes.byteOffset + value.at, value.shape.reduce((count, length) => count * length, 1));
  });
}
