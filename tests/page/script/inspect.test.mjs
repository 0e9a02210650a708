// Holds what scripts see inside the network (explain, weight, unit, jacobian, spectrum, ranks, confusion, calibration,
// posterior) against what each of them must be by its definition. The data are small sets of one's own; the network is the reference
// network.
// SPDX-License-Identifier: MIT
import { smallSet } from '../support/fixtures.mjs';
import { loadFiles, smallPage } from '../support/network.mjs';
import { check, close, equal, matches, mustFail, test } from '../support/test.mjs';

// The answer of descent.network[name](args), with {type, values} in the place of every typed array. args.image: a list.
// It comes as text, for the arrays are long; what is no number in it stays none.
const ask = async (page, name, args) => JSON.parse(await page.run(async ([call, request]) => {
  const given = request?.image ? { ...request, image: Float32Array.from(request.image) } : request;
  const plain = (value) => {
    if (ArrayBuffer.isView(value)) return { type: value.constructor.name, values: Array.from(value) };
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };
  const answer = plain(await window.descent.network[call](given));
  return JSON.stringify(answer, (key, value) => (typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value));
}, [name, args]));

const array = ({ type, values }, expected, length, what) => {
  equal([type, values.length], [expected, length], what);
  return values;
};
const names = (object, expected, what) => equal(Object.keys(object).sort(), [...expected].sort(), what);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const sizes = (values) => sum(values.map(Math.abs));
const dot = (a, b) => sum(a.map((value, i) => value * b[i]));

// Grey values well inside 0 … 1, so that a small push stays there.
const kImage = Array.from({ length: 784 }, (_, i) => 0.5 + 0.2 * Math.sin(0.37 * i + (i % 28)));

const kLayers = [
  ['conv2d', [26, 26, 32]], ['relu', [26, 26, 32]], ['max_pool2d', [13, 13, 32]], ['conv2d', [11, 11, 64]], ['relu', [11, 11, 64]],
  ['max_pool2d', [5, 5, 64]], ['flatten', [5, 5, 64]], ['dense', [1, 1, 128]], ['relu', [1, 1, 128]], ['dense', [1, 1, 10]],
];

test('inspect: an explanation has every layer’s output and delta, and the last delta is p − y', async (stage) => {
  const page = await smallPage(stage);
  const found = await ask(page, 'explain', { test_index: 3 });
  names(found, ['label', 'loss', 'probabilities', 'layers', 'image_delta'], 'fields');
  equal(found.label, 3, 'the test label');
  const p = array(found.probabilities, 'Float32Array', 10, 'probabilities');
  close(sum(p), 1, 1e-5, 'sum of probabilities');
  close(found.loss, -Math.log(p[3]), 1e-5, 'loss');
  array(found.image_delta, 'Float32Array', 784, 'image_delta');
  equal(found.layers.map(({ type, shape }) => [type, shape]), kLayers, 'layers');
  for (const { type, shape, output, delta, ...others } of found.layers) {
    const [height, width, channels] = shape;
    array(output, 'Float32Array', height * width * channels, `output of ${type}`);
    array(delta, 'Float32Array', height * width * channels, `delta of ${type}`);
    names(others, [], `fields of ${type}`);
  }
  const compare = (label, last) => last.delta.values.forEach((d, c) => close(d, p[c] - (c === label ? 1 : 0), 0, `delta ${c}`, 1e-6));
  compare(3, found.layers.at(-1));
  await mustFail(() => compare(4, found.layers.at(-1)), 'another label');
  const other = await ask(page, 'explain', { test_index: 3, label: 4 });
  equal([other.label, other.probabilities.values], [4, p], 'another label, the same probabilities');
  compare(4, other.layers.at(-1));
  const own = await ask(page, 'explain', { image: kImage });
  equal(own.label, own.probabilities.values.indexOf(Math.max(...own.probabilities.values)), 'label of a drawing: the answer');
});

test('inspect: classes go by the data set’s labels', async (stage) => {
  const page = await stage.page();
  const set = smallSet();
  for (const role of ['train_labels', 'test_labels']) for (let i = 8; i < set[role].length; ++i) set[role][i] += 5;
  await loadFiles(page, set);
  equal((await ask(page, 'explain', { test_index: 3 })).label, 8, 'the test label');
  equal((await ask(page, 'explain', { test_index: 3, label: 14 })).label, 14, 'a label given');
  const { push_class } = await ask(page, 'jacobian', { test_index: 3 });
  check(push_class >= 5 && push_class <= 14, `push_class ${push_class}`);
  matches(await page.refusal(() => window.descent.network.explain({ test_index: 3, label: 4 })), /label is 4.*5 and 14/s, 'a label that it has not');
});

test('inspect: a weight’s terms add up to its gradient, and the difference in double agrees where there is no kink', async (stage, note) => {
  const page = await smallPage(stage);
  let smooth = 0;
  const look = async (parameter, index, shape) => {
    const found = await ask(page, 'weight', { parameter, index, test_index: 5 });
    names(found, ['value', 'gradient', 'terms', 'terms_shape', 'batch_gradient', 'batch_images', 'batch_gradients', 'difference', 'kink', 'memory', 'step'], 'fields');
    equal(found.terms_shape, shape, `shape of the terms of ${parameter}`);
    const terms = array(found.terms, 'Float32Array', shape[0] * shape[1], `terms of ${parameter}`);
    close(sum(terms), found.gradient, 0, `${parameter}[${index}]: sum of the terms`, 1e-6 * sizes(terms));
    if (found.kink) return found;
    ++smooth;
    close(found.difference, found.gradient, 1e-3, `${parameter}[${index}]: difference`, 1e-4 * sizes(terms) + 1e-8);
    return found;
  };
  const places = [['0.weight', 7, [26, 26]], ['0.bias', 3, [26, 26]], ['3.weight', 1000, [11, 11]], ['7.weight', 5000, [1, 1]], ['9.weight', 200, [1, 1]], ['9.bias', 5, [1, 1]]];
  for (const place of places) {
    const { batch_gradient, memory, step } = await look(...place);
    equal([batch_gradient, memory, step], [null, {}, null], 'before the first step');
  }
  const before = await look(...places[4]);
  await page.run(async () => window.descent.network.step(1));
  for (const place of places) {
    const { batch_gradient, memory, step } = await look(...place);
    equal(Object.keys(memory).length, 2, `Adam remembers ${Object.keys(memory)}`);
    check([batch_gradient, step, ...Object.values(memory)].every(Number.isFinite), `${place[0]} after a step`);
  }
  const after = await look(...places[4]);
  close(after.step, after.value - before.value, 1e-6, 'what the step added', 1e-9);
  equal([before.batch_images.values.length, before.batch_gradients.values.length], [0, 0], 'images of the batch before the first step');
  const bars = array(after.batch_gradients, 'Float32Array', after.batch_images.values.length, 'batch_gradients');
  equal(after.batch_images.type, 'Int32Array', 'batch_images');
  close(sum(bars) / bars.length, after.batch_gradient, 0, 'the mean of the images', 1e-5 * sizes(bars) / bars.length);
  check(smooth >= 6, `${smooth} of 14 were without a kink`);
  note(`${smooth} of 14 without a kink`);
});

test('inspect: a unit’s terms add up to its value and its delta', async (stage) => {
  const page = await smallPage(stage);
  const { layers } = await ask(page, 'explain', { test_index: 2 });
  const look = async (layer, position, inputs) => {
    const found = await ask(page, 'unit', { layer, position, test_index: 2 });
    names(found, ['value', 'bias', 'terms', 'units', 'delta', 'delta_terms', 'delta_units'], 'fields');
    const [, width, channels] = layers[layer].shape;
    const at = (position[0] * width + position[1]) * channels + position[2];
    equal([found.value, found.delta], [layers[layer].output.values[at], layers[layer].delta.values[at]], `layer ${layer}: value and delta`);
    const terms = array(found.terms, 'Float32Array', inputs, `terms of layer ${layer}`);
    array(found.units, 'Int32Array', inputs, `units of layer ${layer}`);
    const deltas = array(found.delta_terms, 'Float32Array', found.delta_units.values.length, `delta_terms of layer ${layer}`);
    equal(found.delta_units.type, 'Int32Array', 'delta_units');
    close(sum(terms) + found.bias, found.value, 0, `layer ${layer}: value`, 1e-5 * (sizes(terms) + Math.abs(found.bias)) + 1e-9);
    close(sum(deltas), found.delta, 0, `layer ${layer}: delta`, 1e-5 * sizes(deltas) + 1e-9);
    return found;
  };
  const first = await look(0, [4, 5, 6], 9);
  equal([...first.units.values].sort((a, b) => a - b), [117, 118, 119, 145, 146, 147, 173, 174, 175], 'the window');
  equal(first.delta_units.values, [(4 * 26 + 5) * 32 + 6], 'its ReLU');
  await look(1, [4, 5, 6], 1);
  await look(3, [10, 0, 63], 288);
  await look(7, [0, 0, 100], 1600);
  const logit = await look(9, [0, 0, 2], 128);
  equal(logit.delta_units.values, [2, 2], 'a logit is read by the loss alone');
  close(logit.delta_terms.values[1], -1, 0, 'the label’s −1');
});

test('inspect: the Jacobian’s push makes another class’s logit equal, to first order', async (stage, note) => {
  const page = await smallPage(stage);
  await page.run(async () => window.descent.network.step(4));
  const found = await ask(page, 'jacobian', { image: kImage });
  names(found, ['matrix', 'singular_values', 'push', 'push_class', 'push_length'], 'fields');
  const matrix = array(found.matrix, 'Float32Array', 7840, 'matrix');
  const sigma = array(found.singular_values, 'Float64Array', 10, 'singular_values');
  const push = array(found.push, 'Float32Array', 784, 'push');
  sigma.forEach((s, i) => check(s >= 0 && (i === 0 || s <= sigma[i - 1]), `singular value ${i}: ${s}`));
  close(sum(sigma.map((s) => s * s)), sum(matrix.map((v) => v * v)), 1e-6, 'Σσ² is the sum of the squares');
  close(Math.sqrt(dot(push, push)), found.push_length, 1e-5, 'push_length');
  const logits = async (image) => (await ask(page, 'explain', { image })).layers.at(-1).output.values;
  const z = await logits(kImage);
  const answer = z.indexOf(Math.max(...z));
  const lead = z[answer] - z[found.push_class];
  const row = (c) => matrix.slice(784 * c, 784 * c + 784);
  close(dot(row(answer), push) - dot(row(found.push_class), push), -lead, 1e-3, 'what the push does to the lead by the matrix');
  // The network itself does the same, a small part of the way.
  const part = Math.min(0.01, 0.25 / Math.max(...push.map(Math.abs)));
  const moved = await logits(kImage.map((v, i) => v + part * push[i]));
  const compare = (wanted) => close(moved[answer] - moved[found.push_class] - lead, wanted, 0.1, 'what it does in the network', 1e-6);
  compare(-part * lead);
  await mustFail(() => compare(part * lead), 'a push the other way');
  note(`lead ${lead.toPrecision(3)}, length ${found.push_length.toPrecision(3)}`);
});

test('inspect: spectra of all matrices', async (stage) => {
  const page = await smallPage(stage);
  const all = await ask(page, 'spectrum');
  equal(all.map(({ parameter, rows, columns }) => [parameter, rows, columns]),
    [['0.weight', 32, 9], ['3.weight', 64, 288], ['7.weight', 128, 1600], ['9.weight', 10, 128]], 'matrices');
  for (const one of all) {
    names(one, ['parameter', 'rows', 'columns', 'singular_values', 'effective_rank', 'frobenius'], 'fields');
    const sigma = array(one.singular_values, 'Float64Array', Math.min(one.rows, one.columns), one.parameter);
    sigma.forEach((s, i) => check(s > 0 && (i === 0 || s <= sigma[i - 1]), `${one.parameter}: singular value ${i}: ${s}`));
    close(one.frobenius, Math.sqrt(dot(sigma, sigma)), 1e-9, `${one.parameter}: frobenius`);
    const shares = sigma.map((s) => s / sum(sigma));
    close(one.effective_rank, Math.exp(-sum(shares.map((q) => q * Math.log(q)))), 1e-9, `${one.parameter}: effective_rank`);
  }
  equal(await ask(page, 'spectrum', { parameter: '9.weight' }), [all[3]], 'one alone');
});

test('inspect: at full rank the accuracy is the network’s; training goes on meanwhile; a second call takes the first one’s place', async (stage) => {
  const page = await smallPage(stage, { sizes: { train: 60, test: 2000 } });
  const accuracy = await page.run(async () => (await window.descent.network.train({ epochs: 1 })).test.accuracy);
  const found = await ask(page, 'ranks', { parameter: '9.weight' });
  names(found, ['ranks', 'accuracy', 'loss'], 'fields');
  equal(array(found.ranks, 'Int32Array', 10, 'ranks'), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'ranks');
  array(found.loss, 'Float64Array', 10, 'loss').forEach((loss, i) => check(Number.isFinite(loss), `loss of rank ${i + 1}`));
  const curve = array(found.accuracy, 'Float64Array', 10, 'accuracy');
  close(curve.at(-1), accuracy, 1e-12, 'accuracy at full rank', 1e-12);
  const some = await ask(page, 'ranks', { parameter: '9.weight', images: 7 });
  some.accuracy.values.forEach((a) => close(7 * a, Math.round(7 * a), 0, 'accuracy over seven images', 1e-9));
  const { refused, beside } = await page.run(async () => {
    const { network } = window.descent;
    const training = network.train({ epochs: 2 });
    const first = network.ranks({ parameter: '7.weight' }).then(() => 'answered', (error) => error.message);
    const second = await network.ranks({ parameter: '9.weight' });
    await training;
    return { refused: await first, beside: second.ranks.length };
  });
  matches(refused, /network\.ranks: .*took its place/, 'the first call');
  equal(beside, 10, 'ranks of the second call');
  page.noErrors();
});

test('inspect: confusion and calibration are those of the predictions; calls beside training are answered', async (stage) => {
  const page = await smallPage(stage, { sizes: { train: 60, test: 200 } });
  const { accuracy, loss } = await page.run(async () => (await window.descent.network.train({ epochs: 1 })).test);
  const found = await ask(page, 'confusion');
  names(found, ['matrix', 'mutual_information', 'answered', 'costliest', 'losses', 'step'], 'fields');
  const matrix = array(found.matrix, 'Int32Array', 100, 'matrix');
  equal(sum(matrix), 200, 'images');
  close(sum(matrix.filter((_, i) => i % 11 === 0)) / 200, accuracy, 1e-12, 'accuracy');
  const wrong = array(found.costliest, 'Int32Array', 200 - Math.round(200 * accuracy), 'mistakes');
  const losses = array(found.losses, 'Float64Array', wrong.length, 'losses');
  check(losses.every((value, i) => i === 0 || value <= losses[i - 1]), 'the costliest first');
  const { label, loss: first } = await ask(page, 'explain', { test_index: wrong[0] });
  close(losses[0], first, 1e-5, 'the loss of the costliest');
  check(label !== found.answered.values[wrong[0]], 'it is a mistake');
  const calibration = await ask(page, 'calibration', { bins: 10 });
  equal([calibration.bins.length, sum(calibration.bins.map(({ count }) => count))], [10, 200], 'bins');
  close(calibration.nll, loss, 1e-5, 'loss');
  close(sum(calibration.bins.map((bin) => Math.abs(bin.accuracy - bin.confidence) * bin.count)) / 200, calibration.ece, 1e-9, 'ece', 1e-12);
  close((await ask(page, 'calibration', { temperature: 100 })).nll, Math.log(10), 0.02, 'at a high temperature all are alike');
  const beside = await page.run(async () => {
    const { network } = window.descent;
    const training = network.train({ epochs: 2 });
    const both = await Promise.all([network.confusion(), network.calibration()]);
    await training;
    return both.map(({ step }) => step);
  });
  check(beside.every(Number.isInteger), 'steps of the answers');
  page.noErrors();
});

test('inspect: posterior: the votes, their entropy in two parts, the prior as a weight decay, the same for the same seed', async (stage) => {
  const page = await smallPage(stage, { sizes: { train: 60, test: 20 } });
  await page.run(async () => { await window.descent.network.train({ epochs: 4 }); });
  const found = await ask(page, 'posterior', { test_index: 3, precision: 2 });
  names(found, ['mean', 'votes', 'entropy', 'within', 'between', 'method', 'precision', 'weight_decay', 'images', 'acceptance', 'step', 'seconds'], 'fields');
  const mean = array(found.mean, 'Float32Array', 10, 'mean');
  close(sum(mean), 1, 1e-5, 'sum of the mean');
  equal(sum(array(found.votes, 'Int32Array', 10, 'votes')), 1000, 'votes');
  close(found.entropy, -sum(mean.map((p) => (p > 0 ? p * Math.log2(p) : 0))), 1e-4, 'entropy of the mean');
  close(found.within + found.between, found.entropy, 1e-9, 'its parts');
  equal([found.method, found.precision, found.images, found.acceptance], ['laplace', 2, 60, null], 'of what');
  close(found.weight_decay, 2 / 60, 1e-12, 'weight decay');
  const again = (args) => ask(page, 'posterior', { test_index: 3, precision: 2, ...args });
  equal((await again({})).votes, found.votes, 'the same seed');
  await mustFail(async () => equal((await again({ seed: 2 })).mean, found.mean, 'another seed'), 'another seed');
  const narrow = await again({ precision: 1e7 });
  check(narrow.between < 1e-3 && narrow.between < found.between, `${narrow.between} < ${found.between}`);
  const explained = (await ask(page, 'explain', { test_index: 3 })).probabilities.values;
  array(narrow.mean, 'Float32Array', 10, 'mean').forEach((p, k) => close(p, explained[k], 0, `a narrow prior leaves the network, ${k}`, 0.02));
  const chain = await again({ method: 'mala', samples: 50 });
  check(chain.method === 'mala' && chain.acceptance > 0 && chain.acceptance <= 1, `acceptance ${chain.acceptance}`);
  equal(sum(chain.votes.values), 50, 'votes of the chain');
  page.noErrors();
});

test('inspect: without data an image can be asked about, and a test image is refused; nothing is fetched', async (stage) => {
  const page = await stage.page();
  for (const name of ['explain', 'jacobian']) {
    matches(await page.refusal(`() => window.descent.network.${name}({ test_index: 0 })`), new RegExp(`network\\.${name}: there is no data set yet`), name);
  }
  matches(await page.refusal(() => window.descent.network.ranks({ parameter: '9.weight' })), /no test set yet/, 'ranks');
  matches(await page.refusal(() => window.descent.network.confusion()), /network\.confusion: there is no test set yet/, 'confusion');
  equal((await ask(page, 'explain', { image: kImage, label: 7 })).label, 7, 'an image of one’s own');
  equal(await page.run(() => window.descent.network.status().state), 'empty', 'state');
});
