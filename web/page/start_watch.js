// Watches over the page's start until its modules run, which then watch over themselves. It is no module and is written
// for any browser: it has to work where they do not.
// SPDX-License-Identifier: MIT
(function () {
  var kPatience = 15000;  // ms until a silent start is spoken of
  var reason = '';        // the first error of a script

  function element(id) {
    return document.getElementById(id);
  }

  // say() shows a problem as screen.js does.
  function say(title, text, name, what, remedy) {
    element('screen').setAttribute('data-phase', 'problem');
    element('screen-title').textContent = title;
    element('screen-text').textContent = text;
    var item = document.createElement('li');
    [['strong', name], ['span', what], ['span', remedy]].forEach(function (line) {
      var part = document.createElement(line[0]);
      part.textContent = line[1];
      item.appendChild(part);
    });
    item.lastChild.className = 'remedy';
    element('problems').textContent = '';
    element('problems').appendChild(item);
    element('problems').hidden = false;
    element('reload').hidden = false;
    element('reload').onclick = function () { location.reload(); };
  }

  // Names of the site's files that the server refused, as far as the browser tells.
  function refused() {
    var entries = window.performance && performance.getEntriesByType ? performance.getEntriesByType('resource') : [];
    return entries.filter(function (entry) { return entry.responseStatus >= 400; }).map(function (entry) {
      return entry.name.split('/').pop() + ' (' + entry.responseStatus + ')';
    });
  }

  function whenThere(act) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act);
    else act();
  }

  // A script of the page did not come, or one that it imports.
  function missing(script) {
    var names = refused();
    var what = names.length > 0 ? 'These files did not come: ' + names.join(', ') + '.'
      : script.split('/').pop() + ', or a script that it imports, did not come or is damaged' + (reason ? ': ' + reason : '') + '.';
    say('Descent did not start', 'A part of the site is missing or was blocked.', 'What happened', what,
      'Reload the page. If it stays so: an extension or a filter may block scripts here, or the site is incomplete (./descent build puts it together).');
  }

  function fromDisk() {
    say('Descent needs a server', 'This page was opened from disk, where browsers do not let it run.', 'What to do',
      'A server on your own computer is enough; nothing leaves it.',
      'In the project’s folder run ./descent serve and open http://localhost:8080, or put the folder dist/ on any web host.');
  }

  function silent() {
    if (window.descent || element('screen').getAttribute('data-phase') !== 'loading') return;
    element('progress-text').textContent = 'The page’s scripts have not come for ' + kPatience / 1000
      + ' s: the network is slow, or something blocks them. A reload may help.';
  }

  window.addEventListener('error', function (event) {
    if (window.descent) return;
    var source = event.target && event.target !== window ? event.target.src : '';
    if (!source) reason = reason || event.message || '';
    else if (location.protocol !== 'file:') whenThere(function () { missing(source); });
  }, true);
  whenThere(function () {
    if (location.protocol === 'file:') fromDisk();
    else if (!('noModule' in document.createElement('script'))) {
      say('Descent cannot run here', 'This browser is too old.', 'JavaScript modules', 'The page’s program comes in modules, which this browser does not know.',
        'Use a current Chrome, Edge, Firefox or Safari (16.4 or later).');
    }
  });
  setTimeout(silent, kPatience);  // not when the document is there: it waits for the modules
})();
