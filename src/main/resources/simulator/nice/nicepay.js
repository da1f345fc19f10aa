// NICE's browser script as far as payments need it: posts the merchant's form to the test window, and puts what comes back into it.
(function () {
  'use strict';
  var script = new URL(document.currentScript.src);
  var entry = new URL('../../pay', script).href;
  var frame = null;
  var asked = null;

  function hidden(form, name, value) {
    var input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.appendChild(input);
  }

  function off() {
    if (frame) {
      frame.remove();
      frame = null;
    }
  }

  function overlay() {
    off();
    frame = document.createElement('iframe');
    frame.name = 'nicepaySimulatorWindow';
    frame.id = 'nicepaySimulatorWindow';
    frame.title = '결제창 / Payment window';
    var style = frame.style;
    style.position = 'fixed';
    style.inset = '0';
    style.width = '100%';
    style.height = '100%';
    style.border = '0';
    style.zIndex = '2147483647';
    document.body.appendChild(frame);
  }

  window.addEventListener('message', function (event) {
    var data = event.data;
    if (!frame || event.origin !== script.origin || event.source !== frame.contentWindow || !data || !data.fields) {
      return;
    }
    off();
    if (data.fields.AuthResultCode === 'I002') {
      window.nicepayClose(data.fields.AuthResultCode, data.fields.AuthResultMsg);
      return;
    }
    Object.keys(data.fields).forEach(function (name) {
      var known = asked.elements.namedItem(name);
      if (known) {
        known.value = data.fields[name];
      } else {
        hidden(asked, name, data.fields[name]);
      }
    });
    window.nicepaySubmit();
  });

  window.goPay = function (source) {
    asked = source;
    overlay();
    var form = document.createElement('form');
    form.method = 'post';
    form.action = entry;
    form.acceptCharset = 'UTF-8';
    form.target = frame.name;
    new FormData(source).forEach(function (value, name) {
      hidden(form, name, value);
    });
    hidden(form, 'simulator_overlay_of', window.location.origin);
    document.body.appendChild(form);
    form.submit();
    form.remove();
  };
})();
