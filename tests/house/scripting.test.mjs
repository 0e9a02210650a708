// The scripting interface is declared once: web/page/descent.d.ts against what the program's functions really send and accept,
// against the calls that web/page/descent.js really has, against the program's limits and the names in its catalogs.
//
// How: each interface of the declarations, and each method with parameters of its own, names in scripting_pairs.mjs the C++
// functions that write its fields or read its arguments. Both sides are read as text (scripting.mjs) and have to agree, name by
// name; functions that write or read and are in no pair, interfaces that have none, and helpers that a paired function calls
// while no interface beside it has them, are findings too. So a field that is added on one side only is found, in any file of
// the folders below, and a new writer or reader cannot stay outside.
//
// It cannot see: types, units and whether a field is always there; at which depth of one function's answer a name
// stands (an inner object is best given an interface and a function of its own); names that are computed
// (hyper-parameters, parameters of layers); fields that are read or written without io::JsonReader and io::JsonValue,
// as in blocks of bytes. The names that JavaScript adds are only looked for in its files.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeDescent } from '../../web/page/descent.js';
import { files, root, sourceFiles } from './rules.mjs';
import { callsOf, catalogNames, commentOn, declaredNames, functionsOf, interfacesOf, limitsIn, mentioned, namesOutside, related, spellings, textsOf } from './scripting.mjs';
import { kCalls, kCatalogs, kInternal, kJavaScript, kLimits, kPairs } from './scripting_pairs.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const kDeclarations = read('web/page/descent.d.ts');
const kSources = sourceFiles(['engine/script', 'web/bridge', 'web/state']).filter(({ path }) => path.endsWith('.cpp'));
const kScripts = new Map(kJavaScript.map((name) => [name, read(`web/page/${name}.js`)]));
const kVerbs = { sends: ['sent', 'sends'], accepts: ['accepted', 'accepts'] };

const idOf = ({ file, name }) => `${file}/${name}`;

function functionNamed(functions, selector) {
  const [id, word = ''] = selector.split(' ');
  const found = functions.filter((one) => idOf(one) === id && one.signature.includes(word));
  if (found.length !== 1) throw new Error(`${selector} names ${found.length} functions; it must be one`);
  return found[0];
}

// declared() is what a key of the pairs declares: its own names, all it may carry, and the interfaces beside it.
function declared(interfaces, key) {
  const [name, member] = key.split('.');
  if (!interfaces.has(name)) throw new Error(`${key} is not declared`);
  if (member === undefined) {
    const own = interfaces.get(name).members.flatMap((one) => [one.name, ...one.names]);
    return { own: new Set(own), all: declaredNames(interfaces, name), beside: related(interfaces, name) };
  }
  const method = interfaces.get(name).members.find((one) => one.name === member);
  if (method === undefined) throw new Error(`${key} is not declared`);
  const beside = mentioned(interfaces, method.text);
  const own = method.names.filter((one) => one !== 'args' && one !== 'options');
  return { own: new Set(own), all: new Set([...own, ...beside.flatMap((one) => [...declaredNames(interfaces, one)])]), beside: new Set(beside) };
}

// Functions of ours that `one` calls and that no interface beside it has.
function strays(one, side, context, near) {
  const [field] = kVerbs[side];
  const callees = [...one.calls].map((name) => context.functions.filter((other) => other.name === name && other[field].length > 0));
  const sameFile = (list) => (list.some(({ file }) => file === one.file) ? list.filter(({ file }) => file === one.file) : list);
  const known = new Set(near.flatMap((key) => context.pairs[key]?.[side] ?? []).map((selector) => selector.split(' ')[0]));
  return callees.map(sameFile).filter((list) => list.length > 0 && !list.some((other) => known.has(idOf(other)) || idOf(other) in context.internal))
    .map((list) => idOf(list[0]));
}

// Sentences about what one pair does not agree on.
function disagreements(key, context) {
  const pair = context.pairs[key];
  const { own, all, beside } = declared(context.interfaces, key);
  const found = [];
  const javascript = pair.javascript ?? [];
  for (const side of ['sends', 'accepts'].filter((one) => pair[one] !== undefined)) {
    const [field, verb] = kVerbs[side];
    const functions = pair[side].map((selector) => functionNamed(context.functions, selector));
    const names = new Set(functions.flatMap((one) => one[field]));
    for (const one of functions) {
      found.push(...one[field].filter((name) => !all.has(name)).map((name) => `${idOf(one)} ${verb} ${name}, which ${key} does not declare`));
      found.push(...strays(one, side, context, [key, ...beside]).map((id) => `${idOf(one)} calls ${id}, which no interface beside ${key} has`));
    }
    const aside = [...javascript, ...(side === 'sends' ? pair.onlyAccepted ?? [] : [])];
    found.push(...[...own].filter((name) => !names.has(name) && !aside.includes(name)).map((name) => `${key} declares ${name}, which is not ${field}`));
  }
  const scripts = [...context.scripts.values()].join('\n');
  found.push(...javascript.filter((name) => !own.has(name)).map((name) => `${key} does not declare ${name}, which JavaScript is said to add`));
  found.push(...javascript.filter((name) => !new RegExp(`\\b${name}\\b`).test(scripts)).map((name) => `${key}: no script has ${name}`));
  return [...new Set(found)];
}

// Writers and readers in no pair, interfaces without one, methods whose parameters nobody reads.
function uncovered({ interfaces, functions, pairs, internal }) {
  const paired = (side) => new Set(Object.values(pairs).flatMap((pair) => pair[side] ?? []).map((selector) => functionNamed(functions, selector)));
  const [senders, readers] = [paired('sends'), paired('accepts')];
  const found = [];
  for (const one of functions.filter((other) => !(idOf(other) in internal))) {
    if (one.sent.length > 0 && !senders.has(one)) found.push(`${idOf(one)} sends ${one.sent[0]} for no interface`);
    if (one.accepted.length > 0 && !readers.has(one)) found.push(`${idOf(one)} accepts ${one.accepted[0]} for no interface`);
  }
  for (const [name, { members }] of interfaces) {
    if (!(name in kCalls)) {
      if (!(name in pairs)) found.push(`nothing is known of ${name}`);
      continue;
    }
    for (const member of members.filter((one) => one.names.some((word) => word !== 'args') && !(`${name}.${one.name}` in pairs)))
      found.push(`nobody reads the parameters of ${name}.${member.name}`);
  }
  return found;
}

const contextOf = (declarations, sources) => ({
  interfaces: interfacesOf(declarations), functions: sources.flatMap(({ path, text }) => functionsOf(path, text)),
  pairs: kPairs, internal: kInternal, scripts: kScripts,
});
const findings = (context) => [...Object.keys(context.pairs).flatMap((key) => disagreements(key, context)), ...uncovered(context)];

test('every field that is sent and every argument that is accepted is declared, and no other', () => {
  assert.deepEqual(findings(contextOf(kDeclarations, kSources)), []);
});

test('what the pairs name is there', () => {
  const { functions } = contextOf(kDeclarations, kSources);
  assert.deepEqual(Object.keys(kInternal).filter((id) => !functions.some((one) => idOf(one) === id)), []);
  assert.ok(functions.length > 100 && interfacesOf(kDeclarations).size > 40);  // the readers of text still read
});

test('every name in the sources stands in a function that is found', () => {
  for (const { path, text } of kSources) assert.equal(namesOutside(path, text), 0, path);
  const [{ path, text }] = kSources;
  assert.equal(namesOutside(path, `${text}\nconst auto kLuck = [](JsonValue& value) { value.set("luck", 7); };\n`), 1);
});

// `text` with one part replaced, which it must have.
function changed(text, part, by) {
  assert.ok(text.includes(part), `the control's text is gone: ${part}`);
  return text.replace(part, by);
}

for (const [name, part, by, expected] of [
  ['a made-up field of an interface', 'export interface Frames {', 'export interface Frames {\n  readonly luck: number;', 'Frames declares luck, which is not sent'],
  ['a made-up argument', 'export interface AxisArguments {', 'export interface AxisArguments {\n  luck?: number;', 'AxisArguments declares luck, which is not accepted'],
  ['a made-up argument of a method', 'back(n?: number)', 'back(n?: number, luck?: number)', 'Race.back declares luck, which is not accepted'],
  ['a field that is not declared any more', '  readonly summary: string;\n', '', 'status_json/optimizers_json sends summary, which OptimizerInfo does not declare'],
  ['an interface that nobody writes', 'export interface Frames {', 'export interface Luck {\n  readonly luck: number;\n}\nexport interface Frames {', 'nothing is known of Luck'],
]) {
  test(`the checker finds ${name}`, () => assert.deepEqual(findings(contextOf(changed(kDeclarations, part, by), kSources)), [expected]));
}

for (const [name, file, part, by, expected] of [
  ['a made-up field that is set', 'status_json', 'item.set("note"', 'item.set("luck", 7);\n  item.set("note"', 'status_json/runner_json sends luck, which RunnerStatus does not declare'],
  ['a made-up field in an object', 'page_calls', '{"drawn", report.drawn}', '{"luck", 7},\n{"drawn", report.drawn}', 'page_calls/frames sends luck, which Frames does not declare'],
  ['a field that is not sent any more', 'page_calls', '{"drawn", report.drawn},', '', 'Frames declares drawn, which is not sent'],
  ['a made-up argument that is read', 'survey_json', 'fields.read("log"', 'fields.read("luck", axis.luck);\n  fields.read("log"', 'survey_json/read_axis accepts luck, which AxisArguments does not declare'],
  ['a made-up point that is read', 'requests_json', 'read_point(reader, "start"', 'read_point(reader, "luck", luck);\n  read_point(reader, "start"', 'requests_json/descent_request_from_json accepts luck, which DescendArguments does not declare'],
  ['a writer in no pair', 'state_json', 'JsonValue survey_json(', 'JsonValue luck_json() {\n  return JsonValue::object({{"luck", 7}});\n}\n\nJsonValue survey_json(', 'state_json/luck_json sends luck for no interface'],
  ['a reader that another interface has', 'requests_json', 'read_noise(reader,', 'read_conditions(reader, request);\n  read_noise(reader,', 'requests_json/descent_request_from_json calls runner_fields/read_conditions, which no interface beside DescendArguments has'],
]) {
  test(`the checker finds ${name}`, () => {
    const sources = kSources.map(({ path, text }) => ({ path, text: path.endsWith(`/${file}.cpp`) ? changed(text, part, by) : text }));
    assert.deepEqual(findings(contextOf(kDeclarations, sources)), [expected]);
  });
}

test('the calls that are declared are those that there are', () => {
  const descent = makeDescent({ bridge: {}, datasets: {}, ready: Promise.resolve(), simd: 'relaxed' });
  const interfaces = interfacesOf(kDeclarations);
  for (const [name, part] of Object.entries(kCalls)) {
    const made = Object.keys(part === '' ? descent : descent[part]).sort();
    assert.deepEqual(interfaces.get(name).members.map((member) => member.name).sort(), made, name);
  }
});

test('the page asks for every method and query of the program, and for no other', () => {
  const calls = kSources.flatMap(({ text }) => callsOf(text));
  const text = files(['web/page'], /\.js$/).map(read).join('\n');
  // descent.js puts the names of race, sampler and network together: command('step').
  const unasked = calls.filter((name) => !text.includes(`'${name}'`) && !text.includes(`('${name.split('.').pop()}'`) && !name.includes('.check_'));
  assert.deepEqual(unasked, []);
  const asked = [...text.matchAll(/(?:bridge\.(?:call|query)|#hand)\((?:visit, )?'([\w.]+)'/g)].map(([, name]) => name);
  assert.deepEqual(asked.filter((name) => !calls.includes(name)), []);
  assert.ok(calls.length > 50 && asked.length > 20);
});

// Sentences about members that name other things than the catalog has, or in another order. sources: text of the C++ files by path.
function misnamed(declarations, sources) {
  const interfaces = interfacesOf(declarations);
  return Object.entries(kCatalogs).flatMap(([member, path]) => {
    const [declares, has] = [textsOf(interfaces, member), catalogNames(sources.get(path), sources.values())].map((names) => names.join(', '));
    return declares === has ? [] : [`${member} declares ${declares}; ${path} has ${has}`];
  });
}

const kPage = new Map(sourceFiles(['engine/data', 'web']).map(({ path, text }) => [path, text]));

test('the names of workspaces, lenses, tabs and data sets are those of their catalogs', () => {
  assert.deepEqual(misnamed(kDeclarations, kPage), []);
  for (const [member, path] of Object.entries(kCatalogs)) {
    const names = catalogNames(kPage.get(path), kPage.values());
    assert.ok(names.length > 1 && names.every(Boolean), `${member}: ${names}`);
  }
});

for (const [what, member, path, part, by] of [
  ['a workspace less', 'State.workspace', 'web/app/workspace_catalog.cpp', '&kSurfacesEntry, ', ''],
  ['a lens by another name', 'State.lens', 'web/panels/network/lenses/lens_catalog.cpp', 'LensEntry{{"training"', 'LensEntry{{"luck"'],
  ['a tab whose constant is another name', 'SurfaceView.tab', 'web/state/strip_tabs.h', 'kMapTab = "map"', 'kMapTab = "luck"'],
  ['a data set by another name', 'NetworkArguments.dataset', 'engine/data/catalog.cpp', '.name = "mnist"', '.name = "luck"'],
]) {
  test(`the checker finds ${what} in the program`, () => {
    const catalog = kCatalogs[member];
    const names = (sources) => catalogNames(sources.get(catalog), sources.values()).join(', ');
    const sources = new Map([...kPage, [path, changed(kPage.get(path), part, by)]]);
    assert.notEqual(names(sources), names(kPage));
    assert.deepEqual(misnamed(kDeclarations, sources), [`${member} declares ${names(kPage)}; ${catalog} has ${names(sources)}`]);
  });
}

test('the checker finds a lens that the program does not have', () => {
  const [found, ...more] = misnamed(changed(kDeclarations, "lens?: 'training'", "lens?: 'luck' | 'training'"), kPage);
  assert.match(found, /^State\.lens declares luck, training, .*; .* has training, /);
  assert.deepEqual(more, []);
});

const kValues = limitsIn(sourceFiles(['engine', 'web']).map(({ text }) => text));

// Limits that the comment on what they limit does not say.
function unsaid(declarations, values) {
  const says = (path, value) => spellings(value).some((text) => new RegExp(`(?<![\\d,.])${text}(?![\\d,]*\\d)`).test(commentOn(declarations, path)));
  return kLimits.filter(([path, constant]) => !says(path, values.get(constant)[0])).map(([path, constant]) => `${path}: ${constant}`);
}

test('the limits in the comments are the program’s, where each stands once', () => {
  for (const [, constant] of kLimits) assert.equal(kValues.get(constant)?.length, 1, constant);
  assert.deepEqual(unsaid(kDeclarations, kValues), []);
  assert.deepEqual(unsaid(kDeclarations, new Map([...kValues, ['kMaxBatch', [4097]]])), ['NetworkArguments.batch_size: kMaxBatch']);
  assert.deepEqual(unsaid(changed(kDeclarations, '1 … 4096.', '1 … 40960.'), kValues), ['NetworkArguments.batch_size: kMaxBatch']);
});

test('no script repeats a limit of the program', () => {
  const numbers = (text) => [...text.matchAll(/\b\d[\d_]*(?:\.\d+)?(?:e\d+)?\b/g)].map(([digits]) => Number(digits.replaceAll('_', '')));
  const limits = new Set(kLimits.flatMap(([, constant]) => kValues.get(constant)).filter((value) => value > 1000));
  const repeated = (text) => numbers(text).filter((value) => limits.has(value));
  for (const name of ['descent', 'surveys', 'sampler', 'inspect', 'arguments']) assert.deepEqual(repeated(kScripts.get(name)), [], `${name}.js`);
  assert.deepEqual(repeated('const kMaxTrainSteps = 1e8;'), [1e8]);
});
