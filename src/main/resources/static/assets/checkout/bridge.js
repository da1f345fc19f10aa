// Starts a PG's window. What a PG's script wants to be called by is in calls/, one file per script, named by its connector.
(function () {
  'use strict';
  var page = document.getElementById('bridge');

  function failed() {
    page.dataset.state = 'failed';
    document.getElementById('failed').hidden = false;
    document.getElementById('busy').hidden = true;
  }

  function start() {
    page.dataset.state = 'started';
    try {
      Promise.resolve(window.naruCall(JSON.parse(page.dataset.arguments))).catch(failed);
    } catch (error) {
      console.error(error);
      failed();
    }
  }

  // A frame of ours inside this page, the PG's close page for one, moves this page instead of itself.
  window.naruBridge = true;
  document.getElementById('again').addEventListener('click', function () {
    window.location.reload();
  });

  function load() {
    var script = document.createElement('script');
    script.src = page.dataset.target;
    script.charset = 'UTF-8';
    script.onload = start;
    script.onerror = failed;
    document.head.appendChild(script);
  }

  function open() {
    if (page.dataset.kind === 'FORM') {
      document.getElementById('pg-form').submit();
    } else {
      load();
    }
  }

  // Who comes back from the PG by the back button wants to go back to the shop, not to the PG again.
  function back() {
    window.history.back();
    // There may be nothing behind this page.
    window.setTimeout(open, 1500);
  }

  var arrival = performance.getEntriesByType('navigation')[0];
  var alone = window.top === window;
  window.addEventListener('pageshow', function (shown) {
    if (shown.persisted && alone) {
      back();
    }
  });
  if (alone && arrival && arrival.type === 'back_forward') {
    back();
  } else {
    open();
  }
})();
