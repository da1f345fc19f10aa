// The part of Naver Pay's browser script by which recurring payments are registered. Test only.
(function () {
  'use strict';
  var window_ = new URL('../../register', document.currentScript.src);

  function open(options, request) {
    if (options.payType !== 'recurrent' || options.openType !== 'page') {
      throw new Error('recurring payments in the page alone are played here');
    }
    var url = new URL(window_);
    [options, request].forEach(function (values) {
      Object.keys(values).forEach(function (name) {
        url.searchParams.set(name, String(values[name]));
      });
    });
    window.location.assign(url.href);
  }

  window.Naver = {
    Pay: {
      create: function (options) {
        return {
          open: function (request) {
            open(options, request);
          }
        };
      }
    }
  };
})();
