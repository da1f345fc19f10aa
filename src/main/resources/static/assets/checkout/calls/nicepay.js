window.naruCall = function (given) {
  'use strict';
  var form = document.getElementById('pg-form');
  form.action = given.back;
  form.acceptCharset = 'utf-8';
  // The script has put the result into the form.
  window.nicepaySubmit = function () {
    form.submit();
  };
  window.nicepayClose = function () {
    window.location.replace(given.close);
  };
  window.goPay(form);
};
