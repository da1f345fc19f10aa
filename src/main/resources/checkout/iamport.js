/*! Naru's browser SDK: the public functions of V1's iamport.js, without any dependency. */
(function () {
  'use strict';
  if (window.IMP) {
    return;
  }

  var script = document.currentScript || document.querySelector('script[src*="/iamport"]');
  var address = new URL(script ? script.src : window.location.href);
  var hub = address.href.replace(/\/(v1|js)\/iamport.*$/, '');
  // The numbered builds always delivered every field; the current one does not with newer PG modules.
  var historic = /\/js\/iamport\.payment/.test(address.pathname);
  var NO_CODE = 'F400';
  var shop = null;
  var open = null;

  // One class each: stronger than a shop's rules for plain buttons and frames, weaker than its rules for these.
  var STYLE =
    '.imp-dialog{position:fixed;inset:0;z-index:2147483000;display:flex;margin:0;padding:0;border:0;' +
    'background:rgb(15 18 24/.62);align-items:center;justify-content:center}' +
    '.imp-frame{width:min(100%,820px);height:min(100%,680px);max-width:none;margin:0;border:0;border-radius:14px;' +
    'background:Canvas;color-scheme:light dark;box-shadow:0 0 0 1px rgb(128 136 150/.35),0 18px 60px rgb(0 0 0/.4)}' +
    '.imp-close{position:fixed;top:14px;right:14px;width:44px;height:44px;min-width:0;min-height:0;margin:0;padding:0;' +
    'border:1px solid rgb(255 255 255/.35);border-radius:50%;background:rgb(20 24 32/.92);color:#fff;' +
    'font:400 24px/1 system-ui,sans-serif;text-align:center;cursor:pointer}' +
    '.imp-close:focus-visible{outline:3px solid #7db4ff;outline-offset:2px}' +
    '.imp-payment-progress{overflow:hidden}' +
    '@media (max-width:640px){.imp-frame{width:100%;height:100%;border-radius:0}}';

  /** Adopted sheets work where the shop's policy forbids style elements. */
  function addStyle() {
    if (document.querySelector('style[data-imp]') || addStyle.done) {
      return;
    }
    addStyle.done = true;
    try {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      document.adoptedStyleSheets = document.adoptedStyleSheets.concat(sheet);
    } catch (older) {
      var style = document.createElement('style');
      style.dataset.imp = '';
      style.textContent = STYLE;
      document.head.appendChild(style);
    }
  }

  function isMobile() {
    return /Android|iPhone|iPad|iPod|IEMobile|BlackBerry|Opera Mini|Mobile/i.test(navigator.userAgent);
  }

  function refusal(params, message) {
    return {
      success: false,
      imp_uid: null,
      merchant_uid: params && params.merchant_uid !== undefined ? params.merchant_uid : null,
      error_code: NO_CODE,
      error_msg: message
    };
  }

  /** Before there is a window: on mobiles the page itself goes to m_redirect_url, as it would with a result. */
  function refuse(params, callback, message) {
    var result = refusal(params, message);
    var target = params && params.m_redirect_url;
    if (isMobile() && typeof target === 'string' && /^https?:\/\//i.test(target)) {
      var url = new URL(target);
      url.searchParams.set('imp_uid', '');
      url.searchParams.set('merchant_uid', String(result.merchant_uid === null ? '' : result.merchant_uid));
      url.searchParams.set('imp_success', 'false');
      url.searchParams.set('error_code', result.error_code);
      url.searchParams.set('error_msg', result.error_msg);
      window.location.assign(url.href);
      return;
    }
    answer(callback, result);
  }

  function answer(callback, result) {
    if (typeof callback === 'function') {
      callback(result);
    } else if (result.error_code) {
      console.error('[IMP] ' + result.error_code + ' ' + result.error_msg);
    }
  }

  /** What can be told without asking the hub; null if nothing is wrong. */
  function wrong(params) {
    if (!shop) {
      return '가맹점 식별코드가 없습니다. IMP.init을 먼저 호출해 주세요.';
    }
    if (open) {
      return '이미 진행 중인 결제가 있습니다.';
    }
    if (!params || typeof params !== 'object') {
      return '결제 요청 정보가 없습니다.';
    }
    if (typeof params.merchant_uid !== 'string' || !params.merchant_uid) {
      return 'merchant_uid는 필수이며 문자열(string) 타입이어야 합니다.';
    }
    if (typeof params.amount !== 'number' || !isFinite(params.amount)) {
      return 'amount는 필수이며 숫자(number) 타입이어야 합니다.';
    }
    return null;
  }

  function post(path, body) {
    return fetch(hub + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store'
    }).then(function (response) {
      return response.json();
    });
  }

  function requestPay(params, callback) {
    var problem = wrong(params);
    if (problem) {
      refuse(params, callback, problem);
      return;
    }
    var asked = Object.assign({}, params);
    if (typeof asked.m_redirect_url === 'string' && asked.m_redirect_url && !/^[a-z][a-z0-9+.-]*:/i.test(asked.m_redirect_url)) {
      asked.m_redirect_url = new URL(asked.m_redirect_url, document.baseURI).href;
    }
    var layer = { callback: callback, params: asked };
    open = layer;
    var sent;
    try {
      sent = post('/checkout/prepare', {
        user_code: shop.userCode,
        tier_code: shop.tierCode,
        page: window.location.href,
        mobile: isMobile(),
        every_field: historic,
        params: asked
      });
    } catch (notJson) {
      sent = Promise.resolve({ code: -1, message: '결제 요청 정보를 전송할 수 없습니다.' });
    }
    sent.then(
      function (answered) {
        if (open !== layer) {
          // IMP.close() was quicker: the payment must not stay open.
          if (answered.code === 0) {
            post(new URL(answered.response.url).pathname.replace(/^.*(\/checkout\/)/, '$1') + '/close', {});
          }
          return;
        }
        if (answered.code !== 0) {
          open = null;
          refuse(asked, callback, answered.message);
        } else if (answered.response.presentation === 'redirect') {
          open = null;
          window.location.assign(answered.response.url);
        } else {
          show(layer, answered.response);
        }
      },
      function () {
        open = open === layer ? null : open;
        refuse(asked, callback, '결제 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.');
      }
    );
  }

  function show(layer, prepared) {
    addStyle();
    var english = /^en/i.test(layer.params.language || '');
    layer.prepared = prepared;
    layer.origin = new URL(prepared.url).origin;
    layer.focused = document.activeElement;
    layer.dialog = document.createElement('div');
    layer.dialog.className = 'imp-dialog';
    layer.dialog.setAttribute('role', 'dialog');
    layer.dialog.setAttribute('aria-modal', 'true');
    layer.dialog.setAttribute('aria-label', english ? 'Payment' : '결제');
    layer.frame = document.createElement('iframe');
    layer.frame.className = 'imp-frame ' + (isMobile() ? 'imp-frame-mobile' : 'imp-frame-pc');
    layer.frame.title = english ? 'Payment window' : '결제창';
    layer.frame.setAttribute('allow', 'payment; publickey-credentials-get');
    layer.frame.src = prepared.url;
    layer.button = document.createElement('button');
    layer.button.type = 'button';
    layer.button.className = 'imp-close';
    layer.button.setAttribute('aria-label', english ? 'Close the payment window' : '결제창 닫기');
    layer.button.textContent = '×';
    layer.button.addEventListener('click', close);
    layer.dialog.append(layer.frame, layer.button);
    layer.heard = function (event) {
      var message = event.data;
      if (event.origin === layer.origin && event.source === layer.frame.contentWindow
          && message && message.from === 'naru' && message.imp_uid === prepared.imp_uid) {
        finish(layer, message.result);
      }
    };
    layer.pressed = function (event) {
      if (event.key === 'Escape') {
        close();
      }
    };
    window.addEventListener('message', layer.heard);
    document.addEventListener('keydown', layer.pressed);
    document.body.classList.add('imp-payment-progress');
    document.body.appendChild(layer.dialog);
    layer.frame.focus();
  }

  function remove(layer) {
    open = open === layer ? null : open;
    if (layer.dialog) {
      window.removeEventListener('message', layer.heard);
      document.removeEventListener('keydown', layer.pressed);
      layer.dialog.remove();
      document.body.classList.remove('imp-payment-progress');
      if (layer.focused && layer.focused.focus) {
        layer.focused.focus();
      }
    }
  }

  function finish(layer, result) {
    if (open === layer) {
      remove(layer);
      answer(layer.callback, result);
    }
  }

  /** The buyer gives up. While a charge is under way the window stays: its result is about to come. */
  function close() {
    var layer = open;
    if (!layer || layer.closing) {
      return;
    }
    if (!layer.dialog) {
      remove(layer);
      answer(layer.callback, refusal(layer.params, '[결제포기] 사용자가 결제를 취소하셨습니다'));
      return;
    }
    layer.closing = true;
    post(new URL(layer.prepared.url).pathname.replace(/^.*(\/checkout\/)/, '$1') + '/close', {}).then(
      function (answered) {
        layer.closing = false;
        if (answered.code === 0 && !answered.response.closed) {
          return;
        }
        var result = answered.code === 0 ? answered.response.result : refusal(layer.params, answered.message);
        finish(layer, result);
      },
      function () {
        var result = refusal(layer.params, '결제창을 닫았지만 결과를 확인할 수 없습니다. 주문 내역을 확인해 주세요.');
        result.imp_uid = layer.prepared.imp_uid;
        finish(layer, result);
      }
    );
  }

  window.IMP = {
    init: function (userCode) {
      shop = { userCode: userCode, tierCode: null };
    },
    agency: function (userCode, tierCode) {
      shop = { userCode: userCode, tierCode: tierCode };
    },
    request_pay: requestPay,
    close: close
  };
})();
