// The part of Toss Payments' browser script that payment and card registration windows need. Test only.
(function () {
  'use strict';
  var base = new URL('../../window/', document.currentScript.src);

  function absolute(url) {
    return url ? new URL(url, window.location.href).href : '';
  }

  function put(query, values) {
    Object.keys(values).forEach(function (name) {
      var value = values[name];
      if (value !== undefined && value !== null && value !== '') {
        query.set(name, String(value));
      }
    });
  }

  function go(path, values) {
    var url = new URL(path, base);
    put(url.searchParams, values);
    window.location.assign(url.href);
    return new Promise(function () {});
  }

  function missing(values, names) {
    for (var i = 0; i < names.length; i++) {
      if (!values || !values[names[i]]) {
        var error = new Error(names[i] + ' is missing');
        error.code = 'INVALID_PARAMETERS';
        return Promise.reject(error);
      }
    }
    return null;
  }

  function payment(clientKey, customerKey) {
    return {
      requestPayment: function (request) {
        var problem = missing(request, ['amount', 'orderId', 'orderName', 'successUrl', 'failUrl']);
        if (problem) {
          return problem;
        }
        var vbank = request.virtualAccount || {};
        var part = request.card || request.transfer || vbank;
        return go('payment', {
          clientKey: clientKey,
          customerKey: customerKey,
          method: request.method,
          amount: typeof request.amount === 'object' ? request.amount.value : request.amount,
          currency: request.amount.currency || 'KRW',
          taxFreeAmount: request.taxFreeAmount,
          orderId: request.orderId,
          orderName: request.orderName,
          customerName: request.customerName,
          customerEmail: request.customerEmail,
          customerMobilePhone: request.customerMobilePhone,
          validHours: vbank.validHours,
          dueDate: vbank.dueDate,
          useEscrow: part.useEscrow,
          successUrl: absolute(request.successUrl),
          failUrl: absolute(request.failUrl)
        });
      },
      requestBillingAuth: function (request) {
        var problem = missing(request, ['successUrl', 'failUrl']);
        if (problem) {
          return problem;
        }
        return go('billing', {
          clientKey: clientKey,
          customerKey: customerKey,
          customerName: request.customerName,
          customerEmail: request.customerEmail,
          successUrl: absolute(request.successUrl),
          failUrl: absolute(request.failUrl)
        });
      }
    };
  }

  function TossPayments(clientKey) {
    return {
      payment: function (options) {
        return payment(clientKey, options && options.customerKey);
      }
    };
  }

  TossPayments.ANONYMOUS = 'ANONYMOUS';
  window.TossPayments = TossPayments;
})();
