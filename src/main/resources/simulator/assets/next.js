// Sends the browser on by itself. In an overlay the page around it does the posting, as its own frame must move.
(function () {
  'use strict';
  var form = document.getElementById('next');
  var relay = form.dataset.relay;
  if (!relay || window.parent === window) {
    form.submit();
    return;
  }
  var fields = {};
  new FormData(form).forEach(function (value, name) {
    fields[name] = value;
  });
  window.parent.postMessage(
    { type: 'inicis-result', action: form.action, charset: form.acceptCharset, fields: fields }, relay);
})();
