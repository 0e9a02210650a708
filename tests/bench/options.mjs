// Reads what ./descent bench is asked for.
// SPDX-License-Identifier: MIT

const kParts = ['kernels', 'site', 'surfaces', 'peers', 'accuracy'];
const kFlavours = ['relaxed', 'simd128', 'native'];

// {parts: [...], filters: [...], flavours: [...], quick, json}; without a part named, kernels and site. A word that
// follows --kernels is a filter of kernels.
export function parseOptions(words) {
  const options = { parts: [], filters: [], flavours: [], quick: false, json: undefined };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i];
    const part = word.replace(/^--/, '');
    if (word === '--quick') {
      options.quick = true;
    } else if (word === '--json') {
      i += 1;
      if (words[i] === undefined) throw new Error('--json needs a file');
      options.json = words[i];
    } else if (word === '--flavour') {
      i += 1;
      if (!kFlavours.includes(words[i])) throw new Error(`--flavour needs one of ${kFlavours.join(', ')}`);
      options.flavours.push(words[i]);
    } else if (word.startsWith('--') && kParts.includes(part)) {
      options.parts.push(part);
    } else if (!word.startsWith('-') && options.parts.includes('kernels')) {
      options.filters.push(word);
    } else {
      throw new Error(`./descent bench does not know '${word}'`);
    }
  }
  if (options.parts.length === 0) options.parts = ['kernels', 'site'];
  if (options.flavours.length === 0) options.flavours = kFlavours;
  return options;
}
