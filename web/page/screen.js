// The screen in front of the canvas: progress while the program loads, and what is wrong when it cannot run.
// SPDX-License-Identifier: MIT

const byId = (id) => document.getElementById(id);

// The theme kept from an earlier visit (web/browser/browser.cpp keeps it), else the one that the system prefers; the program
// takes over what is shown here.
export function showKeptTheme() {
  let kept = null;
  try {
    kept = localStorage.getItem('descent.theme');
  } catch {
    // Storage is blocked.
  }
  const prefers = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = ['light', 'dark'].includes(kept) ? kept : prefers;
}

// fraction: 0 … 1, or null when the total is unknown (the bar then only shows that something is going on).
export function showProgress(text, fraction) {
  const bar = byId('progress');
  byId('progress-text').textContent = text;
  bar.toggleAttribute('data-unknown', fraction === null);
  if (fraction === null) {
    bar.removeAttribute('aria-valuenow');
    byId('progress-bar').style.width = '';
    return;
  }
  const percent = Math.round(100 * Math.min(1, Math.max(0, fraction)));
  bar.setAttribute('aria-valuenow', String(percent));
  byId('progress-bar').style.width = `${percent}%`;
}

// problems: [{name, what, remedy}], each shown as what is missing, what it is for, and what to do about it.
export function showProblems(title, text, problems) {
  const screen = byId('screen');
  screen.hidden = false;
  screen.dataset.phase = 'problem';
  byId('screen-title').textContent = title;
  byId('screen-text').textContent = text;
  const list = byId('problems');
  list.replaceChildren(...problems.map(problemItem));
  list.hidden = problems.length === 0;
  const reload = byId('reload');
  reload.hidden = false;
  reload.onclick = () => location.reload();
}

// Takes the problem with this title away again, if it is the one that is shown.
export function endProblems(title) {
  if (byId('screen-title').textContent !== title) return;
  byId('screen').hidden = true;
  byId('canvas').focus({ preventScroll: true });
}

function problemItem({ name, what, remedy }) {
  const item = document.createElement('li');
  const line = (tag, text, className) => {
    const element = item.appendChild(document.createElement(tag));
    element.textContent = text;
    if (className) element.className = className;
  };
  line('strong', name);
  line('span', what);
  if (remedy) line('span', remedy, 'remedy');
  return item;
}

export function hideScreen() {
  const screen = byId('screen');
  if (screen.dataset.phase === 'problem') return;
  screen.dataset.phase = 'gone';
  setTimeout(() => {
    if (screen.dataset.phase === 'gone') screen.hidden = true;
  }, 250);
}

// The line that screen readers speak when it changes.
export function announce(text) {
  const line = byId('status');
  if (line.textContent !== text) line.textContent = text;
}
