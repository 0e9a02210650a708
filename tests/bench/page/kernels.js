// window.measureKernels(program, arguments): runs the program on threads of its own and resolves with the lines it printed.
// SPDX-License-Identifier: MIT

window.measureKernels = async (program, programArguments) => {
  const { default: create } = await import(`./${program}.js`);
  const lines = [];
  await new Promise((resolve, reject) => {
    create({
      arguments: programArguments,
      print: (line) => lines.push(line),
      printErr: (line) => console.error(line),
      onExit: (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))),
    }).catch(reject);
  });
  return lines;
};
