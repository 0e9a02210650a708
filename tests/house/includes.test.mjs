// The directions of dependence, read from the include lines: the folders in rules.mjs have an order, siblings do not
// include each other, and the engine includes no UI, GL, browser, file or console header; and what panels leave to
// web/commands. The checker itself is tried on breaches it must find.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breaches, foreignNamespaces, missingFiles, panelBreaches, sourceFiles } from './rules.mjs';

test('every include points down', () => {
  const found = sourceFiles(['engine', 'web']).flatMap(({ path, text }) => breaches(path, text));
  assert.deepEqual(found, []);
});

for (const [name, path, text] of [
  ['a sibling', 'engine/nn/layer.h', '#include "engine/optim/optimizer.h"'],
  ['an upper module', 'engine/core/a.h', '#include "engine/race/race.h"'],
  ['the page from the engine', 'engine/training/a.cpp', '#include "web/app/app.h"'],
  ['the user interface library', 'engine/training/a.cpp', '#include <imgui.h>'],
  ['a console stream', 'engine/io/a.cpp', '  #  include <iostream>'],
  ['threads outside parallel', 'engine/nn/a.cpp', '#include <thread>'],
  ['GL outside render', 'web/panels/page/a.cpp', '#include <GLES3/gl3.h>'],
  ['GL beside the canvas', 'web/app/platform.cpp', '#include <GLES3/gl3.h>'],
  ['the user interface library in the state', 'web/state/a.h', '#include <imgui.h>'],
  ['a worker from the state', 'web/state/a.h', '#include "web/workers/host.h"'],
  ['the browser in the model', 'web/model/a.cpp', '#include <emscripten.h>'],
  ['a panel from the state', 'web/state/a.h', '#include "web/panels/page/panel.h"'],
  ['one workspace from the other', 'web/panels/network/a.cpp', '#include "web/panels/surfaces/common/run_labels.h"'],
  ['a file in no folder of the order', 'web/a.cpp', '#include "web/state/ui_state.h"'],
  ['SIMD outside kernels', 'engine/nn/a.cpp', '#include "engine/kernels/f32x4.h"'],
  ['an include that is not from the root', 'engine/nn/a.cpp', '#include "layer.h"'],
]) {
  test(`the checker finds ${name}`, () => assert.equal(breaches(path, text).length, 1));
}

test('the checker accepts what is allowed', () => {
  assert.deepEqual(breaches('engine/training/a.cpp', '#include "engine/nn/layer.h"\n#include <vector>\n'), []);
  assert.deepEqual(breaches('web/render/a.cpp', '#include <GLES3/gl3.h>\n#include "web/render/b.h"\n'), []);
});

test('panels change workers by commands, and neither parse nor write tables', () => {
  const found = sourceFiles(['web']).flatMap(({ path, text }) => panelBreaches(path, text));
  assert.deepEqual(found, []);
});

for (const [name, text] of [
  ['a command of its own', '  context.host.race().post([](Race& race) { race.play(); });'],
  ['a worker', 'void send(Host& workers);'],
  ['a surface that is made', '  const auto surface = surfaces::make_surface(choice);'],
  ['a formula that is read', '  const auto formula = autodiff::Expression::parse(text_);'],
  ['a table that is written', '  const std::string text = survey::sweep_csv(sweep);'],
]) {
  test(`the checker finds ${name} in a panel`, () => {
    assert.equal(panelBreaches('web/panels/page/a.cpp', text).length, 1);
    assert.deepEqual(panelBreaches('web/state/a.cpp', text), []);
  });
}

test('the checker accepts what panels do', () => {
  const text = 'std::unique_ptr<Panel> make_surfaces_view();\n  context.commands.set_start(point);\n';
  assert.deepEqual(panelBreaches('web/panels/page/a.cpp', text), []);
});

test("the engine's namespaces are its folders'", () => {
  const foreign = sourceFiles(['engine']).filter(({ path, text }) => foreignNamespaces(path, text).length > 0);
  assert.deepEqual(foreign.map(({ path }) => path), []);
});

test('the checker finds a namespace of another folder', () => {
  assert.deepEqual(foreignNamespaces('engine/race/a.h', 'namespace descent::train {\n}\n'), ['train']);
  assert.deepEqual(foreignNamespaces('engine/race/doctor/a.h', 'namespace descent::race {\n}\n'), []);
});

test('the files that comments name are there', () => {
  const sources = sourceFiles(['engine', 'web', 'tests']);
  const names = new Set(sources.map(({ path }) => path.split('/').pop()));
  const missing = sources.flatMap(({ path, text }) => missingFiles(text, names).map((name) => `${path}: ${name}`));
  assert.deepEqual(missing, []);
});

test('the checker finds a name that no file has', () => {
  assert.deepEqual(missingFiles('int a;  // see b.h and engine/core/c.cpp\n', new Set(['b.h'])), ['c.cpp']);
});
