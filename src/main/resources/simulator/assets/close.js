// The last page of a window of its own: a page may close what a page has opened. Elsewhere people do it themselves.
(function () {
  'use strict';
  var bar = document.getElementById('bar');
  if (!window.opener) {
    return;
  }
  if (bar.dataset.now) {
    window.close();
  }
  bar.hidden = false;
  document.getElementById('leave').addEventListener('click', function () {
    window.close();
  });
})();
