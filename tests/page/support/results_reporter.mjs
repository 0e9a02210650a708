// A reporter of node:test for programs: one line of JSON for each test that ended, {name, result, seconds, error,
// skip}.
// SPDX-License-Identifier: MIT

const resultOf = ({ type, data }) => {
  if (type === 'test:fail') return 'failed';
  return data.skip !== undefined ? 'skipped' : 'passed';
};

export default async function* lines(source) {
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, details } = event.data;
    const cause = details.error?.cause ?? details.error;
    yield `${JSON.stringify({ name, result: resultOf(event), seconds: details.duration_ms / 1000, error: cause && String(cause.stack ?? cause), skip: event.data.skip })}\n`;
  }
}
