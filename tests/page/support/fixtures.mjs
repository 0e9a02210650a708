// Test data: golden numbers, IDX files, safetensors. Written here anew from the formats' descriptions, so that a mistake in
// the product is not repeated in its tests.
// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

export const golden = (name) => JSON.parse(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'));

// IDX: big-endian magic, one length for each dimension, bytes. Every part can be given wrongly.
export function idx({ magic, lengths, data }) {
  const head = Buffer.alloc(4 + 4 * lengths.length);
  head.writeUInt32BE(magic, 0);
  lengths.forEach((length, i) => head.writeUInt32BE(length, 4 + 4 * i));
  return Buffer.concat([head, Buffer.from(data)]);
}

const kImages = 0x803;
const kLabels = 0x801;

export function imagesFile(count, { magic = kImages, claimed = count, missing = 0, extra = 0 } = {}) {
  const data = new Uint8Array(count * 784 - missing + extra);
  for (let i = 0; i < data.length; i += 1) data[i] = (i * 31 + (i >> 5)) % 256;
  return idx({ magic, lengths: [claimed, 28, 28], data });
}

export function labelsFile(count, { magic = kLabels, claimed = count, bad } = {}) {
  const data = Uint8Array.from({ length: count }, (_, i) => i % 10);
  if (bad !== undefined) data[Math.floor(count / 2)] = bad;
  return idx({ magic, lengths: [claimed], data });
}

// A good data set of the visitor's own, as plain arrays of numbers (they travel into the page).
export function smallSet({ train = 40, test = 20 } = {}) {
  return {
    train_images: imagesFile(train), train_labels: labelsFile(train), test_images: imagesFile(test), test_labels: labelsFile(test),
  };
}

export const gzipped = (bytes) => gzipSync(bytes);
export const base64 = (bytes) => Buffer.from(bytes).toString('base64');
export const base64Of = (files) => Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, base64(bytes)]));

// tensors: {name: {shape, data: Float32Array}}; header_length and header_text let a file lie.
export function safetensors(tensors, { metadata, header_length, change = (header) => header } = {}) {
  const header = metadata ? { __metadata__: metadata } : {};
  const parts = [];
  let at = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    parts.push(bytes);
  }
  let text = Buffer.from(JSON.stringify(change(header)));
  text = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(header_length ?? BigInt(text.length));
  return Buffer.concat([size, text, ...parts]);
}

// {metadata, tensors: {name: {shape, values: Float32Array}}}
export function readSafetensors(bytes) {
  const buffer = Buffer.from(bytes);
  const length = Number(buffer.readBigUInt64LE(0));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(buffer.subarray(8, 8 + length).toString('utf8'));
  const tensors = {};
  for (const [name, { dtype, shape, data_offsets: [begin, end] }] of Object.entries(entries)) {
    const raw = buffer.subarray(8 + length + begin, 8 + length + end);
    const copy = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength);
    tensors[name] = { dtype, shape, values: dtype === 'F32' ? new Float32Array(copy) : copy };
  }
  return { metadata, tensors };
}

// Names and shapes of the reference network's parameters in torch.nn.Sequential, with each layer's fan-in.
export const kReferenceTensors = [
  ['0.weight', [32, 1, 3, 3], 9], ['0.bias', [32], 9], ['3.weight', [64, 32, 3, 3], 288], ['3.bias', [64], 288],
  ['7.weight', [128, 1600], 1600], ['7.bias', [128], 1600], ['9.weight', [10, 128], 128], ['9.bias', [10], 128],
];

// The weights of golden/cnn.json: float32(sin(0.001 i² + 1.7 i + t) · 1.5 / sqrt(fan_in)).
export function formulaWeights() {
  const tensors = {};
  kReferenceTensors.forEach(([name, shape, fan_in], t) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const scale = 1.5 / Math.sqrt(fan_in);
    tensors[name] = { shape, data: Float32Array.from({ length: size }, (_, i) => Math.sin(0.001 * i * i + 1.7 * i + t) * scale) };
  });
  return tensors;
}
