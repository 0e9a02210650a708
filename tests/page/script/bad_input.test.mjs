// Bad input of every kind: each gets an Error that names the thing and the limit, and what was running goes on untouched.
// SPDX-License-Identifier: MIT
import {
  base64, base64Of, formulaWeights, gzipped, imagesFile, kReferenceTensors, labelsFile, safetensors, smallSet,
} from '../support/fixtures.mjs';
import { smallPage } from '../support/network.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kFiles = [
  ['images with the magic number of labels', { train_images: imagesFile(40, { magic: 0x801 }) }, /train_images.*magic/is],
  ['labels with another magic number', { test_labels: labelsFile(20, { magic: 0x12345678 }) }, /test_labels.*magic/is],
  ['images cut short', { train_images: imagesFile(40, { missing: 100 }) }, /train_images.*\d/is],
  ['images with bytes behind', { test_images: imagesFile(20, { extra: 7 }) }, /test_images.*\d/is],
  ['a header that claims four thousand million images', { train_images: imagesFile(40, { claimed: 0xffffffff }) }, /train_images/i],
  ['counts that differ', { train_labels: labelsFile(39) }, /39.*40|40.*39/s],
  ['labels that are all the same', { train_labels: labelsFile(40, { magic: 0x801 }).fill(3, 8), test_labels: labelsFile(20).fill(3, 8) }, /at least 2 classes/],
  ['an empty file', { test_images: Buffer.alloc(0) }, /test_images/i],
  ['gzip cut short', { train_images: gzipped(imagesFile(40)).subarray(0, 500) }, /train_images.*(cut short|damaged)/is],
  ['gzip of something else', { train_labels: gzipped(Buffer.from('hello, world')) }, /train_labels/i],
  ['gzip that unpacks to more than is allowed', { train_images: gzipped(imagesFile(1, { claimed: 765307 })) }, /train_images.*limit is 600 MB/is],
  ['gzip that goes on and on', { train_images: gzipped(Buffer.concat([imagesFile(40), Buffer.alloc(30e6)])) }, /train_images announces 40 images.*nothing behind/is],
];

const kLong = { sizes: { train: 2000, test: 20 } };  // 250 steps an epoch: training does not end during a test

// Starts a long training, which leaves processors to the others, and a playing race; returns a function that checks that both go on, from where they were.
async function running(page) {
  await page.run(async () => {
    await window.descent.network.configure({ batch_size: 8, threads: 1 });
    window.__training = window.descent.network.train({ epochs: 1000 });
    await window.descent.race.configure({ surface: 'rosenbrock', optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 1e-6 } }], steps_per_second: 60 });
    await window.descent.race.play();
  });
  const facts = () => page.run(() => {
    const network = window.descent.network.status();
    const race = window.descent.race.status();
    return { state: network.state, dataset: network.dataset, count: network.train_count, step: network.step, playing: race.playing, surface: race.surface, race_step: race.step };
  });
  const before = await facts();
  return async () => {
    const after = await until(async () => {
      const now = await facts();
      check(['training', 'evaluating'].includes(now.state), `training has ended: ${now.state}`);
      check(now.playing, 'the race has ended');
      return now.step > before.step && now.race_step > before.race_step && now;
    }, `steps beyond ${before.step} of the training and ${before.race_step} of the race`);
    equal([after.dataset, after.count, after.surface], [before.dataset, before.count, before.surface], 'data set and surface');
    Object.assign(before, after);
  };
}

const loadRefusal = (page, files) => page.refusal(`async (encoded) => {
  const files = Object.fromEntries(Object.entries(encoded).map(([role, text]) => [role, window.__bytes(text).buffer]));
  await window.descent.network.load(files);
}`, base64Of(files));

test('bad input: data files', async (stage, note) => {
  const page = await smallPage(stage, kLong);
  const goesOn = await running(page);
  for (const [name, change, pattern] of kFiles) {
    const message = await loadRefusal(page, { ...smallSet(), ...change });
    matches(message, pattern, name);
    note(`${name}: ${message}`);
    await goesOn();
  }
  // Negative controls: a good set is taken, and then training from before has ended.
  await mustFail(() => loadRefusal(page, smallSet({ train: 30 })), 'refusal of a good data set');
  await mustFail(goesOn, 'training goes on');
});

const weights = () => formulaWeights();
const changed = (name, change) => {
  const tensors = weights();
  tensors[name] = change(tensors[name]);
  return tensors;
};

const kWeights = [
  ['a header length of 2^60', () => safetensors(weights(), { header_length: 1n << 60n }), /header/i],
  ['a header longer than the file', () => safetensors(weights(), { header_length: 10000000n }), /header/i],
  ['offsets that lie', () => safetensors(weights(), { change: (h) => ({ ...h, '0.weight': { ...h['0.weight'], data_offsets: [0, 4] } }) }), /0\.weight/],
  ['offsets beyond the end', () => safetensors(weights(), { change: (h) => ({ ...h, '9.bias': { ...h['9.bias'], data_offsets: [1e9, 1e9 + 40] } }) }), /9\.bias|offset/],
  ['NaN in a tensor', () => safetensors(changed('3.bias', ({ shape, data }) => ({ shape, data: data.map((v, i) => (i === 5 ? NaN : v)) }))), /3\.bias.*NaN/is],
  ['another shape', () => safetensors(changed('9.weight', ({ data }) => ({ shape: [128, 10], data }))), /9\.weight.*(128|10)/is],
  ['a missing tensor', () => { const t = weights(); delete t['7.bias']; return safetensors(t); }, /7\.bias/],
  ['a header that is no JSON', () => { const b = safetensors(weights()); b.write('}}}}', 8); return b; }, /JSON|header/i],
  ['a file cut short', () => safetensors(weights()).subarray(0, 5000), /short|bytes|end/i],
  ['eight bytes', () => Buffer.alloc(8), /header|short|bytes/i],
  ['nothing', () => Buffer.alloc(0), /short|bytes|empty/i],
];

test('bad input: weights', async (stage, note) => {
  const page = await smallPage(stage, kLong);
  const goesOn = await running(page);
  const restore = 'async (text) => { await window.descent.network.restore(window.__bytes(text)); }';
  for (const [name, make, pattern] of kWeights) {
    const message = await page.refusal(restore, base64(make()));
    matches(message, pattern, name);
    note(`${name}: ${message}`);
    await goesOn();
  }
  equal(kReferenceTensors.length, 8, 'tensors of the reference network');
  await mustFail(() => page.refusal(restore, base64(safetensors(weights()))), 'refusal of good weights');
});

const start = 'start: [1, 1], steps: 3';
const kCalls = [
  ['evaluate({surface: "nothing", point: [0, 0]})', /nothing.*quadratic/s],
  ['evaluate({surface: "quadratic"})', /point/],
  ['evaluate({surface: "quadratic", point: [0]})', /point/],
  ['evaluate({surface: "quadratic", point: [0, NaN]})', /point\[1\] is NaN/],
  ['evaluate({surface: "quadratic", point: ["a", 0]})', /point/],
  ['evaluate({surface: "quadratic", parameters: {kappa: Infinity}, point: [0, 0]})', /kappa is Infinity/],
  ['evaluate({surface: "quadratic", parameters: {kapa: 1}, point: [0, 0]})', /kapa.*kappa/s],
  ['evaluate({expression: "x*", point: [0, 0]})', /expression: column 3: /],
  ['evaluate({expression: "x*x", surface: "booth", point: [0, 0]})', /expression.*booth/s],
  ['evaluate({expression: 7, point: [0, 0]})', /expression is 7/],
  ['evaluate({expression: "a*x", parameters: {b: 1}, point: [0, 0]})', /b.*a/s],
  ['evaluate({surface: "booth", domain: [0, 1, 0, 1], point: [0, 0]})', /domain belongs to an expression/],
  ['evaluate({expression: "(".repeat(65536), point: [0, 0]})', /65536 characters; at most 4096/],
  ['evaluate({expression: "(".repeat(4000), point: [0, 0]})', /nested deeper than 200/],
  ['expression("sin(x")', /column 6: '\)' expected/],
  ['expression("x 3")', /column 3: .*x\*3/],
  ['expression("")', /formula is empty|expression/],
  ['expression({})', /expression is missing/],
  ['graph({surface: "neuron", point: [0, 0]})', /neuron has no formula/],
  ['graph({expression: "x"})', /point is missing/],
  ['race.configure({expression: "log(x) + b"  , start: [-1, 0]})', /not finite/],
  ['race.configure({expression: "x +"})', /column 4/],
  ['race.configure({expression: "x", domain: [1, 0, 0, 1]})', /domain/],
  ['evaluate()', /missing|object/],
  ['evaluate(7)', /7/],
  [`descend({surface: "quadratic", optimizer: "sgdd", ${start}})`, /sgdd.*gradient_descent/s],
  [`descend({surface: "quadratic", optimizer: "adam", hyperparameters: {learning_rate: -1}, ${start}})`, /learning_rate is -1.*between/s],
  [`descend({surface: "quadratic", optimizer: "adam", hyperparameters: {learning_rate: NaN}, ${start}})`, /learning_rate is NaN/],
  [`descend({surface: "quadratic", optimizer: "adam", hyperparameters: {rate: 1}, ${start}})`, /rate.*learning_rate/s],
  ['descend({surface: "quadratic", optimizer: "adam", start: [1, 1], steps: -1})', /steps is -1/],
  ['descend({surface: "quadratic", optimizer: "adam", start: [1, 1], steps: 1e9})', /steps.*1000000/s],
  ['descend({surface: "quadratic", optimizer: "adam", start: [1, 1], steps: 2.5})', /steps is 2.5/],
  ['descend({surface: "quadratic", optimizer: "adam", start: [1e300, 1], steps: 3})', /start/],
  [`descend({surface: "quadratic", optimizer: "adam", ${start}, seed: -1})`, /seed/],
  [`descend({surface: "quadratic", optimizer: "adam", ${start}, speed: 1})`, /speed/],
  ['race.configure({surface: "x"})', /x/],
  ['race.configure({start: [0, NaN]})', /start\[1\] is NaN/],
  ['race.configure({optimizers: [{optimizer: "adam", hyperparameters: {learning_rate: -5}}]})', /learning_rate is -5/],
  ['race.configure({optimizers: Array(17).fill({optimizer: "adam"})})', /16/],
  ['race.configure({steps_per_second: 0})', /steps_per_second/],
  ['race.step(0)', /n is 0/],
  ['race.step(1e9)', /n is 1000000000.*100000/s],
  ['race.back(-1)', /n is -1/],
  ['race.step("3")', /n is '3'/],
  ['network.configure({batch_size: 0})', /batch_size is 0.*1 and/s],
  ['network.configure({batch_size: 1e9})', /batch_size is (1e\+09|1000000000).*4096/s],
  ['network.configure({batch_size: 2.5})', /batch_size/],
  ['network.configure({epochs: 0})', /epochs is 0/],
  ['network.configure({threads: 1000})', /threads is 1000.*64/s],
  ['network.configure({hyperparameters: {learning_rate: -0.1}})', /learning_rate is -0.1/],
  ['network.configure({hyperparameters: {learning_rate: NaN}})', /learning_rate is NaN/],
  ['network.configure({optimizer: "newton"})', /newton/],
  ['network.configure({optimizer: "adm"})', /adm.*adam/s],
  ['network.configure({network: [{type: "conv3d"}]})', /conv3d.*conv2d/s],
  ['network.configure({network: [{type: "dense", units: 10}, {type: "conv2d"}]})', /layer|network/],
  ['network.configure({network: []})', /network|layer/],
  ['network.configure({seed: 1.5})', /seed/],
  ['network.plan()', /network\.plan.*network is missing/s],
  ['network.plan([{type: "flatten"}, {type: "conv2d"}])', /layer 1 \(conv2d\).*feature map/s],
  ['network.plan([{type: "conv2d", kernel: 15, dilation: 2}])', /layer 0 \(conv2d\): kernel 15 with dilation 2 spans 29 and does not fit into 28x28x1/],
  ['network.plan([{type: "conv2d", dilation: 0}])', /network\[0\]\.dilation is 0/],
  ['network.configure({dataset: "imagenet"})', /imagenet.*mnist/s],
  ['network.configure({dataset: "procedural digits", batch_size: -1})', /batch_size is -1/],
  ['network.configure({learning_rate: 1})', /learning_rate.*hyperparameters/s],
  ['network.train({epochs: 0})', /epochs is 0/],
  ['network.train({epochs: 1, steps: 1})', /not both/],
  ['network.train({step: 1})', /step.*epochs/s],
  ['network.step(-2)', /n is -2/],
  ['network.predict([1, 2, 3])', /images is a list.*Float32Array/s],
  ['network.predict(new Float32Array(100))', /100 values.*784/s],
  ['network.predict(new Float32Array(0))', /0 values/],
  ['network.predict(new Float32Array(784).fill(NaN))', /NaN.*between 0 and 1/s],
  ['network.predict(new Float32Array(784).fill(255))', /255.*between 0 and 1/s],
  ['network.gradients({images: new Float32Array(784), labels: [10]})', /labels\[0\] is 10/],
  ['network.gradients({images: new Float32Array(784), labels: [1, 2]})', /2 entries for 1/],
  ['network.gradients({images: new Float32Array(784)})', /labels/],
  ['network.load({})', /train_images/],
  ['network.load({train_images: 1, train_labels: 2, test_images: 3, test_labels: 4})', /train_images is 1.*ArrayBuffer/s],
  ['network.load({images: 1})', /images.*train_images/s],
  ['network.load({train_images: new Uint8Array(4), train_labels: new Uint8Array(4), test_images: new Uint8Array(4), test_labels: new Uint8Array(4), transposed: 1})', /transposed is 1.*true or false/],
  ['network.transpose(1)', /on is 1.*true or false/],
  ['network.undo_load()', /no earlier data set/],
  ['network.gradients({images: new Float32Array(784), labels: [0.5]})', /labels\[0\] is 0.5/],
  ['network.explain()', /image or test_index is missing/],
  ['network.explain(3)', /network\.explain takes an object; it got 3/],
  ['network.explain({test_index: 0, image: new Float32Array(784)})', /image and test_index exclude each other/],
  ['network.explain({test_index: -1})', /network\.explain: test_index is -1/],
  ['network.explain({test_index: 0.5})', /test_index is 0.5/],
  ['network.explain({test_index: NaN})', /test_index is NaN/],
  ['network.explain({test_index: 20})', /no test image 20; the test set has 20/],
  ['network.explain({test_index: 0, label: 10})', /label is 10/],
  ['network.explain({test_index: 0, digit: 1})', /digit.*test_index/s],
  ['network.explain({image: [1, 2, 3]})', /image is a list.*Float32Array/s],
  ['network.explain({image: true})', /image is a boolean.*Float32Array/s],
  ['network.explain({image: new Float32Array(100)})', /image has 100 values/],
  ['network.explain({image: new Float32Array(1568)})', /image: give one image/],
  ['network.explain({image: new Float32Array(784).fill(2)})', /image: pixel 0 of image 0 is 2.*between 0 and 1/s],
  ['network.weight({test_index: 0})', /network\.weight: parameter is missing/],
  ['network.weight({parameter: "0.weight", test_index: 0})', /index is missing/],
  ['network.weight({parameter: "1.weight", index: 0, test_index: 0})', /1\.weight.*0\.weight/s],
  ['network.weight({parameter: "0.weight", index: 288, test_index: 0})', /0\.weight has 288 elements; index 288/],
  ['network.weight({parameter: "0.weight", index: 0})', /image or test_index is missing/],
  ['network.unit({layer: 10, position: [0, 0, 0], test_index: 0})', /no layer 10; .*0 to 9/],
  ['network.unit({layer: 0, position: [26, 0, 0], test_index: 0})', /26x26x32; position \[26, 0, 0\]/],
  ['network.unit({layer: 0, position: [0, 0], test_index: 0})', /position has 2 numbers/],
  ['network.unit({layer: 0, position: [0, 0, -1], test_index: 0})', /position must be whole numbers/],
  ['network.unit({layer: 0, test_index: 0})', /position is missing/],
  ['network.jacobian({test_index: 0, label: 1})', /label.*test_index/s],
  ['network.spectrum({parameter: "0.bias"})', /network\.spectrum: .*0\.bias/],
  ['network.spectrum({parameter: ""})', /parameter is empty/],
  ['network.spectrum({name: "0.weight"})', /name.*parameter/s],
  ['network.ranks()', /network\.ranks: parameter is missing/],
  ['network.ranks({parameter: "9.bias"})', /9\.bias/],
  ['network.ranks({parameter: "9.weight", images: 0})', /images is 0/],
  ['network.ranks({parameter: "9.weight", images: 21})', /images is 21; the test set has 20/],
  ['network.confusion({bins: 3})', /network\.confusion: .*bins/],
  ['network.calibration({bins: 0})', /network\.calibration: bins is 0/],
  ['network.calibration({temperature: 1000})', /temperature is 1000/],
  ['network.posterior()', /network\.posterior: image or test_index is missing/],
  ['network.posterior({test_index: 20})', /there is no test image 20/],
  ['network.posterior({test_index: 0, precision: 0})', /precision is 0/],
  ['network.posterior({test_index: 0, samples: 100001})', /samples is 100001/],
  ['network.posterior({test_index: 0, method: "guess"})', /method.*laplace.*mala.*dropout/s],
  ['network.posterior({test_index: 0, method: "dropout"})', /no dropout layer/],
  ['network.posterior({test_index: 0, method: "dropout", precision: 1})', /precision is the last layer/],
  ['network.posterior({image: new Float32Array(100)})', /image has 100 values/],
  ['network.restore("x")', /bytes is 'x'/],
  ['apply({})', /version/],
  ['apply({version: 2})', /version is 2.*version 1/s],
  ['apply({version: 1, race: {surface: "moon"}})', /race.*moon/s],
  ['apply({version: 1, race: {surface: "beale"}, network: {batch_size: 0}})', /network.*batch_size/s],
  ['apply({version: 1, workspace: "kitchen"})', /kitchen.*surfaces/s],
  ['apply({version: 1, view: {x: [2, 1]}})', /x.*ascending/s],
  ['apply({version: 1, colour: 3})', /colour/],
  ['apply(null)', /null/],
];

test('bad input: arguments of every call', async (stage, note) => {
  const page = await smallPage(stage, kLong);
  const goesOn = await running(page);
  const state = await page.run(() => window.descent.state());
  for (const [call, pattern] of kCalls) {
    const message = await page.refusal(`async () => { await window.descent.${call}; }`);
    matches(message, pattern, call);
  }
  await goesOn();
  equal(await page.run(() => window.descent.state()), state, 'state after all refusals');
  await mustFail(() => page.refusal('async () => { await window.descent.race.step(1); }'), 'refusal of a good call');
  note(`${kCalls.length} calls`);
});

test('bad input: garbage in the share link is a message, and the page starts as usual', async (stage, note) => {
  const told = async (page, fragment) => {
    const toast = await page.item(/^error$/, 'text');
    matches(toast.text, /link could not be used/, `message for ${fragment.slice(0, 30)}`);
    equal(await page.run(() => window.descent.race.status().surface), 'rosenbrock', 'surface');
    page.noErrors();
    note(`${fragment.slice(0, 24)}: ${toast.text}`);
  };
  const [first, ...others] = ['#garbage', '#s=%%%', '#s=AAAA', '#s=eyJ2ZXJzaW9uIjo5OX0', `#s=${'A'.repeat(200000)}`, '#s=bnVsbA'];
  await told(await stage.newPage({ fragment: first }), first);
  // A page that is open follows a link as the one that opens does.
  const page = await stage.page();
  for (const fragment of others) {
    await page.startOver();
    await page.follow(fragment);
    await told(page, fragment);
  }
});
