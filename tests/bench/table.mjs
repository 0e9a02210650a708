// Tables of plain text: the first column is left-aligned, the others right-aligned; a row that is one string is a heading.
// SPDX-License-Identifier: MIT

export function table(rows) {
  const cells = rows.filter(Array.isArray);
  const widths = [];
  for (const row of cells) row.forEach((cell, i) => { widths[i] = Math.max(widths[i] ?? 0, cell.length); });
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd();
  return rows.map((row) => (Array.isArray(row) ? line(row) : row)).join('\n');
}

// A number for people: as many decimals as asked for, thousands apart; a dash for what there is not.
export function number(value, decimals = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export const percent = (share, decimals = 0) => (Number.isFinite(share) ? `${number(100 * share, decimals)} %` : '–');

// "12,345 ± 2 %"; one value alone has no spread.
export function withSpread({ median, spread, values }, decimals = 0) {
  return values.length < 2 ? number(median, decimals) : `${number(median, decimals)} ± ${percent(spread)}`;
}
