window.naruCall = function () {
  'use strict';
  window.INIStdPay.pay('pg-form');
};
