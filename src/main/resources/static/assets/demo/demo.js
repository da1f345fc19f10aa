// A shop's page: asks for a payment, shows the callback, then what its own server says.
(function () {
  'use strict';
  var korean = document.body.dataset.lang === 'ko';
  var userCode = document.body.dataset.userCode;
  var name = korean ? '하동 우전 녹차' : 'Hadong first-flush green tea';
  var current = null;

  function at(id) {
    return document.getElementById(id);
  }

  function params() {
    var method = at('method').value;
    var asked = {
      channelKey: at('pg').selectedOptions[0].dataset.channel,
      pay_method: method === 'vbank' ? 'vbank' : 'card',
      merchant_uid: 'tea-' + Date.now(),
      name: name,
      amount: 12900,
      buyer_name: korean ? '홍길동' : 'Gildong Hong',
      buyer_tel: '010-0000-0000',
      buyer_email: 'buyer@example.com',
      language: korean ? 'ko' : 'en'
    };
    if (at('pg').value === 'naverpay') {
      asked.naverProducts = [{ categoryType: 'FOOD', categoryId: 'DELIVERY', uid: 'tea-hadong', name: name, count: 1 }];
    }
    if (at('pg').value === 'naverco') {
      asked.naverProducts = [{
        id: 'tea-hadong', name: name, basePrice: asked.amount, quantity: 1, infoUrl: window.location.origin + '/demo',
        imageUrl: window.location.origin + '/demo', shipping: { baseFee: 0, feePayType: 'PREPAYED' }
      }];
    }
    if (method === 'key') {
      asked.customer_uid = 'card-of-gildong';
    }
    if (at('screen-mobile').checked) {
      asked.m_redirect_url = window.location.origin + '/demo?lang=' + (korean ? 'ko' : 'en');
    }
    return asked;
  }

  function showCode(asked) {
    at('code').textContent =
      "IMP.init('" + userCode + "');\nIMP.request_pay(" +
      JSON.stringify(asked, null, 2).replace(/"([a-z_A-Z]+)":/g, '$1:').replace(/"/g, "'") +
      ", function (response) {\n  // " + (korean ? '서버에 imp_uid를 보내 결제를 확인합니다.' : 'send imp_uid to your server, which checks the payment') +
      '\n});';
  }

  function show(id, value) {
    at(id).textContent = JSON.stringify(value, null, 2);
    at(id).classList.remove('empty');
  }

  function problem(text) {
    at('problem').textContent = text || '';
    at('problem').hidden = !text;
  }

  function ask(path, method) {
    return fetch(path, {
      method: method || 'GET',
      headers: method ? { 'Content-Type': 'application/json' } : {},
      body: method ? '{}' : undefined,
      cache: 'no-store'
    }).then(function (response) {
      return response.json();
    });
  }

  function showPayment(payment) {
    if (!payment.imp_uid) {
      problem(payment.message);
      return;
    }
    problem('');
    show('payment', payment);
    at('status').textContent = payment.status;
    at('status').className = 'status ' + payment.status;
    at('status').hidden = false;
    at('cancel').hidden = !(payment.cancelable > 0) || Boolean(payment.vbank_num);
    at('deposit').hidden = !(payment.status === 'ready' && payment.vbank_num);
  }

  function showResult(result) {
    show('result', result);
    current = result.imp_uid;
    if (current) {
      refresh();
    }
  }

  function refresh() {
    return ask('/demo/payments/' + current).then(showPayment);
  }

  function press(verb) {
    var button = at(verb);
    button.disabled = true;
    ask('/demo/payments/' + current + '/' + verb, 'POST')
      .then(showPayment)
      .catch(function (error) { problem(String(error)); })
      .then(function () { button.disabled = false; });
  }

  function showHooks(hooks) {
    at('hooks').replaceChildren.apply(at('hooks'), hooks.slice(-8).reverse().map(function (hook) {
      var line = document.createElement('li');
      var status = document.createElement('strong');
      status.textContent = hook.fields ? hook.fields.status : '?';
      var uid = document.createElement('span');
      uid.textContent = hook.fields ? hook.fields.imp_uid + ' · ' + hook.fields.merchant_uid : hook.body;
      var time = document.createElement('time');
      time.dateTime = hook.at;
      time.textContent = new Date(hook.at).toLocaleTimeString(korean ? 'ko-KR' : 'en-GB');
      line.append(status, uid, time);
      return line;
    }));
    var last = hooks.length && hooks[hooks.length - 1].fields;
    if (last && last.imp_uid === current && last.status !== at('status').textContent) {
      refresh();
    }
  }

  function poll() {
    ask('/sandbox/hooks/demo').then(showHooks).catch(function () {}).then(function () {
      setTimeout(poll, document.hidden ? 5000 : 1500);
    });
  }

  // A desktop browser that wants to try the mobile way has to look like one.
  var real = navigator.userAgent;
  Object.defineProperty(navigator, 'userAgent', {
    get: function () {
      return at('screen-mobile').checked && !/Mobile/.test(real) ? real + ' Mobile' : real;
    }
  });

  window.IMP.init(userCode);
  at('order').addEventListener('submit', function (event) {
    event.preventDefault();
    var asked = params();
    showCode(asked);
    problem('');
    at('pay').disabled = true;
    window.IMP.request_pay(asked, function (result) {
      at('pay').disabled = false;
      showResult(result);
    });
  });
  at('order').addEventListener('change', function () {
    showCode(params());
  });
  at('cancel').addEventListener('click', function () { press('cancel'); });
  at('deposit').addEventListener('click', function () { press('deposit'); });
  window.addEventListener('pageshow', function () { at('pay').disabled = false; });

  if (/Mobile/.test(real)) {
    at('screen-mobile').checked = true;
  }
  var query = new URLSearchParams(window.location.search);
  if (query.has('imp_uid')) {
    query.delete('lang');
    showResult(Object.fromEntries(query));
    at('result').closest('article').scrollIntoView();
    history.replaceState(null, '', '/demo?lang=' + (korean ? 'ko' : 'en'));
  }
  showCode(params());
  poll();
})();
