// INIpay Standard's browser script as far as payments need it: posts the merchant's form to the test window.
(function () {
  'use strict';
  var script = new URL(document.currentScript.src);
  var entry = new URL('../payMain/pay', script).href;
  var frame = null;

  function hidden(form, name, value) {
    var input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.appendChild(input);
  }

  function viewOff() {
    if (frame) {
      frame.remove();
      frame = null;
    }
  }

  function overlay() {
    viewOff();
    frame = document.createElement('iframe');
    frame.name = 'inicisSimulatorWindow';
    frame.id = 'inicisSimulatorWindow';
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

  // The window's answer leaves from the merchant's own page, which is what has to move on.
  window.addEventListener('message', function (event) {
    var data = event.data;
    if (!frame || event.origin !== script.origin || event.source !== frame.contentWindow
        || !data || data.type !== 'inicis-result') {
      return;
    }
    var form = document.createElement('form');
    form.method = 'post';
    form.action = data.action;
    form.acceptCharset = data.charset || 'UTF-8';
    Object.keys(data.fields).forEach(function (name) {
      hidden(form, name, data.fields[name]);
    });
    document.body.appendChild(form);
    form.submit();
  });

  function pay(formId) {
    var source = typeof formId === 'string' ? document.getElementById(formId) || document.forms[formId] : formId;
    if (!source) {
      throw new Error('no such form: ' + formId);
    }
    var form = document.createElement('form');
    form.method = 'post';
    form.action = entry;
    form.acceptCharset = 'UTF-8';
    var view = 'overlay';
    new FormData(source).forEach(function (value, name) {
      hidden(form, name, value);
      if (name === 'payViewType' && value) {
        view = value;
      }
    });
    if (view === 'overlay') {
      overlay();
      hidden(form, 'simulator_overlay_of', window.location.origin);
      form.target = frame.name;
    }
    document.body.appendChild(form);
    form.submit();
    form.remove();
  }

  window.INIStdPay = { pay: pay, viewOff: viewOff };
})();
