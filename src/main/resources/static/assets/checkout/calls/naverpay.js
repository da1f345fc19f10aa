window.naruCall = function (given) {
  'use strict';
  var client = { payType: 'recurrent', openType: 'page' };
  ['mode', 'clientId', 'chainId'].forEach(function (name) {
    client[name] = given[name];
    delete given[name];
  });
  given.totalPayAmount = Number(given.totalPayAmount);
  window.Naver.Pay.create(client).open(given);
};
