// Fetching and compiling the program. The WebAssembly file is compiled while it arrives; a second branch of the same
// stream is counted for the progress bar. Total sizes come from build.json, because a compressed answer tells only its
// compressed length.
// SPDX-License-Identifier: MIT

const at = (file) => new URL(file, import.meta.url);

async function countBytes(stream, onBytes) {
  const reader = stream.getReader();
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    total += value.byteLength;
    onBytes(total);
  }
}

async function expectedBytes(file) {
  try {
    return (await (await fetch(at('build.json'))).json()).bytes[file] ?? null;
  } catch {
    return null;
  }
}

// Hosts that send another type than application/wasm cannot stream into the compiler.
async function compile(response) {
  const streams = response.headers.get('Content-Type')?.split(';')[0].trim() === 'application/wasm';
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// {module, factory}: the compiled program and the function that starts it.
// onProgress(text, fraction or null).
export async function loadProgram(name, onProgress) {
  const file = `${name}.wasm`;
  const factory = import(at(`${name}.js`));
  factory.catch(() => {});  // reported below, after the fetch
  const [response, expected] = await Promise.all([fetch(at(file)), expectedBytes(file)]);
  if (!response.ok) throw new Error(`${file} could not be fetched (${response.status} ${response.statusText})`);
  const counter = response.clone();
  const counted = countBytes(counter.body, (bytes) => {
    const done = (bytes / 1e6).toFixed(1);
    if (expected === null) onProgress(`Downloading: ${done} MB`, null);
    else onProgress(`Downloading: ${done} of ${(expected / 1e6).toFixed(1)} MB`, (0.85 * bytes) / expected);
  });
  const compiled = compile(response);
  await counted;
  performance.mark('descent:downloaded');
  onProgress('Compiling', 0.9);
  const module = await compiled;
  return { module, factory: (await factory).default };
}
