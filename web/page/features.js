// Tells whether the browser has what Descent needs to run, each found out by trying: the smallest WebAssembly modules
// that use an instruction (encoded by hand after the binary format, WebAssembly core specification 2.0, section 5;
// relaxed SIMD and threads after their proposals), a WebGL 2 context, a worker's constructor.
// SPDX-License-Identifier: MIT

const kHeader = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const kReturnsVector = [1, 5, 1, 0x60, 0, 1, 0x7b];  // type section: () -> v128
const kReturnsNothing = [1, 4, 1, 0x60, 0, 0];
const kOneFunction = [3, 2, 1, 0];
const kSharedMemory = [5, 4, 1, 3, 1, 1];
const kZeroVector = [0x41, 0, 0xfd, 0x0f];  // i32.const 0, i8x16.splat

const code = (...body) => [10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b];

const kSimd = [...kHeader, ...kReturnsVector, ...kOneFunction, ...code(...kZeroVector, ...kZeroVector, 0xfd, 0xe6, 1)];
const kRelaxedSimd = [
  ...kHeader, ...kReturnsVector, ...kOneFunction,
  ...code(...kZeroVector, ...kZeroVector, ...kZeroVector, 0xfd, 0x85, 2),  // f32x4.relaxed_madd
];
const kAtomics = [
  ...kHeader, ...kReturnsNothing, ...kOneFunction, ...kSharedMemory,
  ...code(0x41, 0, 0xfe, 0x10, 2, 0, 0x1a),  // i32.atomic.load, drop
];

function validates(bytes) {
  return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(bytes));
}

export const hasSimd = () => validates(kSimd);
export const hasRelaxedSimd = () => validates(kRelaxedSimd);
export const hasAtomics = () => validates(kAtomics);

export function hasWebGl2() {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

// The constructor reads its options before it looks at the address, which is no address: nothing is ever fetched.
export function hasModuleWorkers() {
  let asked = false;
  try {
    new Worker('http://[', { get type() { asked = true; return 'module'; } }).terminate();
  } catch {
    // The browser is right: the address is none.
  }
  return asked;
}

const kUpdate = 'Use a current Chrome, Edge, Firefox or Safari (16.4 or later).';

// Everything that no reload can mend; isolation is asked for separately (isolation.js).
export function missingFeatures() {
  const missing = [];
  const need = (present, name, what, remedy) => {
    if (!present) missing.push({ name, what, remedy });
  };
  need(typeof WebAssembly === 'object', 'WebAssembly', 'Descent is compiled to WebAssembly; this browser does not run it, or it is switched off.',
    `${kUpdate} Some browsers switch it off in a lockdown or strict security mode: allow it for this address.`);
  if (typeof WebAssembly === 'object') {
    need(hasSimd(), 'WebAssembly SIMD', 'The network’s arithmetic uses 128-bit vector instructions.', kUpdate);
    need(hasAtomics(), 'WebAssembly threads', 'Training and races run on threads of their own, so that the page stays alive.', kUpdate);
  }
  need(typeof Worker === 'function' && hasModuleWorkers(), 'Module workers', 'The threads are started as module workers.', kUpdate);
  need(hasWebGl2(), 'WebGL 2', 'Everything on the page is drawn with it.',
    'Switch on hardware acceleration in the browser’s settings and update the graphics driver; chrome://gpu or about:support says what is blocked.');
  return missing;
}
