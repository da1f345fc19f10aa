window.naruCall = function (given) {
  'use strict';
  var toss = window.TossPayments(given.clientKey);
  var payment = toss.payment({ customerKey: given.customerKey || window.TossPayments.ANONYMOUS });
  return payment[given.verb](given.request).catch(function (error) {
    // Closed or refused before the PG knew where to send the buyer back to: the same words, from here.
    var url = new URL(given.request.failUrl);
    url.searchParams.set('code', error.code || 'PAY_PROCESS_ABORTED');
    url.searchParams.set('message', error.message || '');
    window.location.replace(url.href);
  });
};
