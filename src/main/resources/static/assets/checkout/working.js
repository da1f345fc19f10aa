// Waits for the result of what the PG's window brought back, and goes on to it.
(function () {
  'use strict';
  var result = window.location.href;
  var progress = window.location.pathname.replace(/\/result\/?$/, '/progress');
  var begun = Date.now();

  function insideBridge() {
    try {
      return window.parent !== window && window.parent.naruBridge === true;
    } catch (foreign) {
      return false;
    }
  }

  function look() {
    fetch(progress, { cache: 'no-store' }).then(function (answer) {
      return answer.ok ? answer.json() : { over: false };
    }).catch(function () {
      return { over: false };
    }).then(function (told) {
      if (told.over) {
        window.location.replace(result);
        return;
      }
      if (Date.now() - begun > 10000) {
        document.getElementById('long').hidden = false;
      }
      window.setTimeout(look, 800);
    });
  }

  if (insideBridge()) {
    window.parent.location.replace(result);
  } else {
    look();
  }
})();
