// Hands the result to the shop's page, and only to the origin that asked for the window.
(function () {
  'use strict';
  var page = document.getElementById('result-page');
  var message = {
    from: 'naru',
    imp_uid: page.dataset.impUid,
    result: JSON.parse(page.dataset.result)
  };
  // A page without an origin (a local file in an app) cannot be named; it alone knows this window's address.
  var target = page.dataset.origin === 'null' ? '*' : page.dataset.origin;

  function insideBridge() {
    try {
      return window.parent !== window && window.parent.naruBridge === true;
    } catch (foreign) {
      return false;
    }
  }

  if (insideBridge()) {
    window.parent.location.replace(window.location.href);
  } else if (window.parent !== window) {
    window.parent.postMessage(message, target);
  } else if (window.opener) {
    window.opener.postMessage(message, target);
    window.close();
  }
})();
