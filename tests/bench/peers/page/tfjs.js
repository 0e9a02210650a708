// TensorFlow.js on its WebAssembly backend: the reference network in its own operations, fused where it has them. The
// backend lacks a kernel without which a convolution cannot be trained; it is supplied here, made of operations it has.
// With `replace` so are two that it has and that are slow, which is the most we could do for it.
//   Conv2DBackpropFilter   the convolution of the input with the gradient, batch and channels changing places
//   Conv2DBackpropInput    the convolution of the padded gradient with the weights turned round
//   MaxPoolGrad            every position that equals its window's maximum takes the window's gradient
// SPDX-License-Identifier: MIT
/* global tf */
import { Batches, glorot, trainWindow } from './mnist.js';

const kKernels = {
  Conv2DBackpropFilter: ({ inputs: { x, dy } }) => {
    const [turned, filter] = [tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3])];
    return tf.transpose(tf.conv2d(turned, filter, 1, 'valid'), [1, 2, 0, 3]);
  },
  Conv2DBackpropInput: ({ inputs: { dy, filter } }) => {
    const [height, width] = filter.shape;
    const around = tf.pad(dy, [[0, 0], [height - 1, height - 1], [width - 1, width - 1], [0, 0]]);
    return tf.conv2d(around, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'valid');
  },
  MaxPoolGrad: ({ inputs: { dy, input, output } }) => {
    const [, height, width] = input.shape;
    const [, h, w] = output.shape;
    const inside = tf.slice(input, [0, 0, 0, 0], [-1, 2 * h, 2 * w, -1]);
    const grown = (t) => tf.image.resizeNearestNeighbor(t, [2 * h, 2 * w]);
    const taken = tf.mul(tf.cast(tf.equal(inside, grown(output)), 'float32'), grown(dy));
    return tf.pad(taken, [[0, 0], [0, height - 2 * h], [0, width - 2 * w], [0, 0]]);
  },
};

// Names of the kernels that are ours afterwards.
function supplyKernels(replace) {
  const ours = Object.keys(kKernels).filter((name) => replace || !tf.getKernel(name, 'wasm'));
  for (const kernelName of ours) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: (given) => tf.tidy(() => kKernels[kernelName](given)) });
  }
  return ours;
}

// Gradients of a small convolution with pooling, on the backend at hand. Odd sizes; no two values alike, so no ties.
function smallGradients() {
  const numbers = (shape, k) => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(1 + i * k)), shape);
  const f = (x, w) => tf.maxPool(tf.conv2d(x, w, 1, 'valid'), 2, 2, 'valid');
  return tf.tidy(() => tf.grads(f)([numbers([2, 7, 7, 3], 0.7), numbers([3, 3, 3, 5], 0.3)], numbers([2, 2, 2, 5], 1.1)).map((g) => g.dataSync()));
}

// The kernels of ours give what the library's plain JavaScript backend gives.
async function checkKernels() {
  const ours = smallGradients();
  await tf.setBackend('cpu');
  const theirs = smallGradients();
  await tf.setBackend('wasm');
  const distance = Math.max(...ours.flatMap((list, i) => Array.from(list, (value, k) => Math.abs(value - theirs[i][k]))));
  if (!(distance < 1e-4)) throw new Error(`gradients are off by ${distance}`);
}

function makeNetwork() {
  const variable = (data, shape) => tf.variable(tf.tensor(data, shape));
  const layer = (shape, fanIn, fanOut, seed) => ({
    w: variable(glorot(shape.reduce((a, b) => a * b), fanIn, fanOut, seed), shape),
    b: variable(new Float32Array(shape.at(-1)), [shape.at(-1)]),
  });
  const c1 = layer([3, 3, 1, 32], 9, 288, 11);
  const c2 = layer([3, 3, 32, 64], 288, 576, 12);
  const d1 = layer([1600, 128], 1600, 128, 13);
  const d2 = layer([128, 10], 128, 10, 14);
  const convolve = (x, { w, b }) => tf.maxPool(tf.fused.conv2d({ x, filter: w, strides: 1, pad: 'valid', bias: b, activation: 'relu' }), 2, 2, 'valid');
  return (x) => {
    const features = tf.reshape(convolve(convolve(x, c1), c2), [-1, 1600]);
    const hidden = tf.fused.matMul({ a: features, b: d1.w, bias: d1.b, activation: 'relu' });
    return tf.fused.matMul({ a: hidden, b: d2.w, bias: d2.b });
  };
}

export async function open({ threads, batch, replace, version }) {
  tf.wasm.setWasmPaths(new URL('tfjs/', document.baseURI).href);
  tf.wasm.setThreadsCount(threads);
  await tf.setBackend('wasm');
  await tf.ready();
  const ours = supplyKernels(replace);
  await checkKernels();
  const network = makeNetwork();
  const adam = tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
  const batches = await Batches.open(batch);
  let cost = null;
  const step = ({ images, labels }) => {
    cost?.dispose();
    cost = tf.tidy(() => {
      const x = tf.tensor4d(images, [batch, 28, 28, 1]);
      const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
      return adam.minimize(() => tf.losses.softmaxCrossEntropy(y, network(x)), true);
    });
  };
  return {
    threads: tf.wasm.getThreadsCount(),
    what: `TensorFlow.js ${version}, wasm backend with SIMD, gradient kernels made by us of its operations: ${ours.join(', ')}`,
    train: (ms) => trainWindow(batches, ms, step, async () => (await cost.data())[0]),
    evaluate: async (images, chunk) => {
      const started = performance.now();
      for (let at = 0; at < images; at += chunk) tf.tidy(() => network(tf.zeros([chunk, 28, 28, 1])).dataSync());
      return { images, ms: performance.now() - started };
    },
  };
}
