// Reads the two sides of window.descent for scripting.test.mjs: what web/page/descent.d.ts declares, and the names that
// C++ functions send and accept. Both are read as text: the shape of our formatter and of our own JSON classes is enough.
// SPDX-License-Identifier: MIT

// Comments become nothing; texts stay. Good for C++ and TypeScript as we write them.
export function withoutComments(text) {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) => (found[0] === '/' ? '' : found));
}

// The text from `at` (an opening bracket) to the bracket that closes it, both included.
function bracketed(text, at) {
  let depth = 0;
  for (let i = at; i < text.length; ++i) {
    if ('([{<'.includes(text[i])) ++depth;
    else if (')]}'.includes(text[i]) || (text[i] === '>' && text[i - 1] !== '=')) --depth;
    if (depth === 0) return text.slice(at, i + 1);
  }
  throw new Error(`a bracket is not closed: ${text.slice(at, at + 60)}`);
}

// Parts of `text` between separators that stand outside of all brackets.
function split(text, separator) {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < text.length; ++i) {
    if ('([{<'.includes(text[i])) ++depth;
    else if (')]}'.includes(text[i]) || (text[i] === '>' && text[i - 1] !== '=')) --depth;
    if (depth === 0 && separator.test(text[i])) parts.push('');
    else parts[parts.length - 1] += text[i];
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

// The names declared in a type or in a method's parameters, at any depth; those of an index signature are none.
const namesIn = (text) => [...text.matchAll(/(?<![\w.[?:'])(?:readonly\s+)?(\w+)\??\s*:/g)].map(([, name]) => name);

// memberOf() makes {name, names} of `readonly name?: type` or `name(args): type`. A method's names are those in its
// parameters.
function memberOf(text) {
  const [, name] = text.match(/^(?:readonly\s+)?(\w+)\??\s*[:(]/) ?? [];
  if (name === undefined) return null;  // an index signature
  const method = text.match(/^\w+\(/);
  return { name, names: namesIn(method ? bracketed(text, text.indexOf('(')).slice(1, -1) : text.slice(text.indexOf(':') + 1)), text };
}

// The interfaces of a .d.ts: Map of name to {bases: [{name, without}], members: [{name, names, text}], text}.
export function interfacesOf(source) {
  const text = withoutComments(source);
  const found = new Map();
  for (const match of text.matchAll(/^export interface (\w+)(?: extends ([^{]+))? \{/gm)) {
    const [head, name, bases = ''] = match;
    const body = bracketed(text, match.index + head.length - 1).slice(1, -1);
    found.set(name, {
      bases: split(bases, /,/).map((base) => {
        const [, inner, omitted] = base.match(/^Omit<(\w+), ([^>]+)>$/) ?? [null, base, ''];
        return { name: inner, without: [...omitted.matchAll(/'(\w+)'/g)].map(([, field]) => field) };
      }),
      members: split(body, /;/).map(memberOf).filter((member) => member !== null),
      text: body,
    });
  }
  return found;
}

// All names that an interface declares, those it inherits included.
export function declaredNames(interfaces, name) {
  if (name === 'Error') return new Set(['message']);  // JavaScript's own
  const { bases, members } = interfaces.get(name);
  const inherited = bases.flatMap((base) => [...declaredNames(interfaces, base.name)].filter((field) => !base.without.includes(field)));
  return new Set([...inherited, ...members.flatMap((member) => [member.name, ...member.names])]);
}

// The interfaces that a text mentions.
export const mentioned = (interfaces, text) => [...text.matchAll(/\b[A-Z]\w+/g)].map(([word]) => word).filter((word) => interfaces.has(word));

// Interfaces that `name` extends or mentions, and those that its bases do.
export function related(interfaces, name) {
  if (!interfaces.has(name)) return new Set();
  const { bases, text } = interfaces.get(name);
  return new Set([...bases.flatMap((base) => [base.name, ...related(interfaces, base.name)]), ...mentioned(interfaces, text)]);
}

// {"name", value} among the members of an object, and .set("name", …): what is sent.
const kSent = /(?<=[{,]\s*)\{"(\w+)",|\.(?:set|append)\("(\w+)",/g;
// Whatever asks a JsonReader or a JsonValue for a field by its name, also through a function of ours that takes reader and name.
const kAccepted = /(?:\.|->)(?:read\w*|objects?|find)\("(\w+)"|\bread_\w+\(\w+, "(\w+)"/g;
const kTable = /^constexpr (?:Method|Query) \w+\[\] = \{\n([\s\S]*?)^\};/gm;
const kRequired = /\.require\(\{([^}]*)\}\)/g;

const firstGroup = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]);
const sentIn = (text) => firstGroup(text, kSent);
const acceptedIn = (text) => [...firstGroup(text, kAccepted), ...firstGroup(text, kRequired).flatMap((list) => firstGroup(list, /"(\w+)"/g))];

// The functions of a C++ file that begin and end at the left margin, as the formatter sets them: {file, name, signature, sent,
// accepted, calls}. `file` is the name without folder and ending.
export function functionsOf(path, source) {
  const file = path.split('/').pop().replace(/\.\w+$/, '');
  const text = withoutComments(source);
  const found = [];
  for (const [, signature, body] of text.matchAll(/^([A-Za-z][^\n;{}]*(?:\n[^\n;{}]+)*\)(?: const)?) \{\n([\s\S]*?)^\}/gm)) {
    const [, name] = signature.match(/(\w+)\(/) ?? [];
    if (name === undefined) continue;
    found.push({
      file, name, signature, sent: sentIn(body), accepted: acceptedIn(body),
      calls: new Set([...body.matchAll(/(?<![\w.>])(\w+)(?:<[\w, :]+>)?\(/g)].map(([, callee]) => callee)),
    });
  }
  return found;
}

// namesOutside() counts the names in a C++ file outside of the functions that are found in it, tables left aside.
export function namesOutside(path, source) {
  const text = withoutComments(source).replace(/^constexpr [^\n(;]* = \{+\n[\s\S]*?^\s*\}+;/gm, '');
  const inside = functionsOf(path, source).reduce((count, one) => count + one.sent.length + one.accepted.length, 0);
  return sentIn(text).length + acceptedIn(text).length - inside;
}

// The names in a C++ file's tables of methods and queries: constexpr Method kMethods[] = {{"race.play", …}, …};
export function callsOf(source) {
  return [...withoutComments(source).matchAll(kTable)].flatMap(([, body]) => firstGroup(body, /\{"([\w.]+)",/g));
}

// The values of the program's constants kMax…, by name; of one that stands twice with two values both.
export function limitsIn(sources) {
  const found = new Map();
  for (const text of sources)
    for (const [, name, digits] of withoutComments(text).matchAll(/\b(kMax\w+) = ([\d.e']+);/g))
      found.set(name, [...(found.get(name) ?? []), Number(digits.replaceAll("'", ''))]);
  return found;
}

// The names in a catalog of the program, in its order. An entry stands in an array of constants, where its name comes first
// (Entry{{"name", …}, …}) or as .name; or the array has the addresses of entries (&kEntry) that stand in one of `sources`. A
// name that is a constant is looked up there as well; null where it is in none.
export function catalogNames(catalog, sources) {
  const texts = [catalog, ...sources].map(withoutComments);
  const constant = (name) => texts.map((text) => text.match(new RegExp(`\\b${name} = "([^"]*)"`))?.[1]).find((value) => value !== undefined);
  const valueOf = (word) => (word[0] === '"' ? word.slice(1, -1) : constant(word) ?? null);
  const [, array] = texts[0].match(/^(?: *)(?:static )?constexpr (?:std::array|\w+Info) k\w+(?:\[\] = )?\{([\s\S]*?)\};/m) ?? [null, ''];
  const listed = /^[\s,]*(?:&k\w+[\s,]*)+$/.test(array) ? firstGroup(array, /&(k\w+)/g) : [];
  const bodies = listed.map((name) => texts.map((text) => text.match(new RegExp(` ${name}\\{([\\s\\S]*?)\\};`))?.[1]).find(Boolean) ?? '');
  const entries = listed.length > 0 ? bodies.join('\n') : array;
  return firstGroup(entries, /(?:\w+\{\s*\{|\.name = )("[^"]*"|k\w+),/g).map(valueOf);
}

// The texts that a member of an interface may be, in their order: lens?: 'training' | 'gradients'.
export function textsOf(interfaces, path) {
  const [name, member] = path.split('.');
  return firstGroup(interfaces.get(name).members.find((one) => one.name === member).text, /'([^']*)'/g);
}

// The comment above a member of an interface.
export function commentOn(source, path) {
  const [name, member] = path.split('.');
  const at = source.indexOf(`export interface ${name} `);
  const body = source.slice(at, source.indexOf('\n}', at));
  return body.match(new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:readonly )?${member}\\??[:(]`))?.[1] ?? '';
}

// A number as people may write it there: 100000, 100,000, 1e5.
export const spellings = (value) => [String(value), value.toLocaleString('en'), value.toExponential().replace('+', '')];
