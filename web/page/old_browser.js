// Only browsers without JavaScript modules run this file, so it is written for them.
// SPDX-License-Identifier: MIT
(function () {
  document.getElementById('screen').setAttribute('data-phase', 'problem');
  document.getElementById('screen-text').textContent =
    'This browser is too old: it has no JavaScript modules. Use a current Chrome, Edge, Firefox or Safari (16.4 or later).';
})();
