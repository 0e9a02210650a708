// The few assertions that tests need. Each fails with what was expected and what was there.
// SPDX-License-Identifier: MIT

const show = (value) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text && text.length > 300 ? `${text.slice(0, 300)}…` : String(text);
};

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

export function equal(actual, expected, what) {
  check(show(actual) === show(expected) && JSON.stringify(actual) === JSON.stringify(expected),
    `${what}: ${show(actual)} instead of ${show(expected)}`);
}

// |actual − expected| <= relative · max(|actual|, |expected|) + absolute; NaN never is.
export function isClose(actual, expected, relative, absolute = 0) {
  return Math.abs(actual - expected) <= relative * Math.max(Math.abs(actual), Math.abs(expected)) + absolute;
}

export function close(actual, expected, relative, what, absolute = 0) {
  check(isClose(actual, expected, relative, absolute),
    `${what}: ${actual} instead of ${expected} (tolerance ${relative} relative, ${absolute} absolute)`);
}

export function matches(text, pattern, what) {
  check(typeof text === 'string' && pattern.test(text), `${what}: ${show(text)} does not match ${pattern}`);
}

// The negative control of a check: `attempt` must throw.
export async function mustFail(attempt, what) {
  let failed = false;
  try {
    await attempt();
  } catch {
    failed = true;
  }
  check(failed, `${what}: the check accepts what it must refuse`);
}

// Asks again until `attempt` returns something true; returns it. The time is there to end a wait for what never comes: it
// is far beyond what a busy machine takes.
export async function until(attempt, what, seconds = 30) {
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const found = await attempt();
    if (found) return found;
    check(performance.now() < end, `${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
