/*! Naru's browser SDK: the public functions of V1's iamport.js, without any dependency. */
(function () {
  'use strict';
  // An element with the id IMP is no SDK; another copy of this script, or a shop's own stand-in, is.
  if (window.IMP && typeof window.IMP.request_pay === 'function') {
    return;
  }

  var address = ownAddress();
  var hub = address.replace(/\/(v1|js)\/iamport[^/]*$/, '');
  // The numbered builds always delivered every field; the current one does not with newer PG modules.
  var historic = /\/js\/iamport\.payment/.test(address);
  var NO_CODE = 'F400';
  var PATIENCE = 60000;
  var LOST = '결제 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.';
  var shop = null;
  // One window at a time, from the call that asks for it to its result.
  var session = null;
  // The buttons that were drawn, by V1's names for them, and what they say.
  var uis = {};
  // PGs that may show a popup or have a button: written here by the hub, from its table of V1's PGs.
  var PGS = {};

  var PAYMENT = {
    path: '/checkout/prepare',
    success: 'imp_success',
    name: ['결제창', 'payment window'],
    title: ['결제', 'Payment'],
    missing: '결제 요청 정보가 없습니다.',
    busy: '이미 진행 중인 결제가 있습니다.',
    stop: ['결제를 그만두시겠습니까?', 'Do you want to stop paying?'],
    underWay: ['결제를 승인하고 있어 지금은 닫을 수 없습니다. 결과가 나오면 자동으로 닫힙니다.',
      'Your payment is being approved, so this cannot be closed now. It closes by itself with the result.'],
    abandoned: '[결제포기] 사용자가 결제를 취소하셨습니다'
  };
  var IDENTITY = {
    path: '/checkout/certification',
    success: 'success',
    name: ['본인인증 창', 'verification window'],
    title: ['본인인증', 'Identity verification'],
    missing: '본인인증 요청 정보가 없습니다.',
    busy: '이미 진행 중인 결제 또는 본인인증이 있습니다.',
    stop: ['본인인증을 그만두시겠습니까?', 'Do you want to stop the verification?'],
    underWay: ['본인인증 결과를 확인하고 있어 지금은 닫을 수 없습니다. 결과가 나오면 자동으로 닫힙니다.',
      'The result is being confirmed, so this cannot be closed now. It closes by itself.'],
    abandoned: '사용자가 본인인증을 취소하셨습니다.'
  };
  /** Of Naver Pay's order type: once its window is open, the page has no part in it. */
  var WISHES = {
    path: '/checkout/wishlist',
    name: ['찜 창', 'wish list window'],
    title: ['찜하기', 'Wish list'],
    missing: '찜할 상품 정보가 없습니다.',
    busy: '이미 열고 있는 찜 창이 있습니다.',
    stop: ['찜하기를 그만두시겠습니까?', 'Do you want to stop?'],
    abandoned: '찜 창을 열기 전에 닫았습니다.'
  };

  // One class each: stronger than a shop's rules for plain buttons and frames, weaker than its rules for these.
  var STYLE =
    '.imp-dialog{position:fixed;inset:0;z-index:2147483000;display:flex;margin:0;padding:0;border:0;' +
    'background:rgb(15 18 24/.62);align-items:center;justify-content:center}' +
    '.imp-frame{width:min(100%,880px);height:min(100%,680px);max-width:none;margin:0;border:0;border-radius:14px;' +
    'background:Canvas;color-scheme:light dark;box-shadow:0 0 0 1px rgb(128 136 150/.35),0 18px 60px rgb(0 0 0/.4)}' +
    '.imp-notice{box-sizing:border-box;width:min(calc(100% - 32px),400px);padding:28px 24px;border-radius:14px;background:#fff;' +
    'color:#14181f;font:400 16px/1.55 system-ui,sans-serif;text-align:center;box-shadow:0 18px 60px rgb(0 0 0/.4)}' +
    '.imp-notice-text{margin:0 0 18px}' +
    '.imp-ask{position:fixed;inset:0;margin:auto;height:fit-content;z-index:1}' +
    '.imp-keep{margin:0 8px 0 0;min-height:48px;padding:0 20px;border:0;border-radius:10px;background:#1f5eff;color:#fff;' +
    'font:600 16px/1 system-ui,sans-serif;cursor:pointer}' +
    '.imp-quit{margin:0;min-height:48px;padding:0 20px;border:1px solid #c4cad6;border-radius:10px;background:#fff;color:#14181f;' +
    'font:600 16px/1 system-ui,sans-serif;cursor:pointer}' +
    '.imp-note{position:fixed;left:16px;right:16px;bottom:24px;z-index:2;box-sizing:border-box;width:fit-content;max-width:min(calc(100% - 32px),460px);' +
    'margin:0 auto;padding:14px 20px;border-radius:12px;background:#14181f;color:#fff;font:500 15px/1.5 system-ui,sans-serif;' +
    'text-align:center;word-break:keep-all;box-shadow:0 0 0 1px rgb(255 255 255/.25),0 12px 40px rgb(0 0 0/.45)}' +
    '.imp-open{min-height:48px;padding:0 24px;border:0;border-radius:10px;background:#1f5eff;color:#fff;' +
    'font:600 16px/1 system-ui,sans-serif;cursor:pointer}' +
    '.imp-close{position:fixed;top:14px;right:14px;width:44px;height:44px;min-width:0;min-height:0;margin:0;padding:0;' +
    'border:1px solid rgb(255 255 255/.35);border-radius:50%;background:rgb(20 24 32/.92);color:#fff;' +
    'font:400 24px/1 system-ui,sans-serif;text-align:center;cursor:pointer}' +
    '.imp-ui{box-sizing:border-box;width:100%;min-height:48px;border:0;border-radius:10px;background:#14181f;color:#fff;' +
    'font:600 16px/1 system-ui,sans-serif;cursor:pointer}' +
    '.imp-close:focus-visible,.imp-open:focus-visible,.imp-keep:focus-visible,.imp-quit:focus-visible,.imp-ui:focus-visible{outline:3px solid #7db4ff;outline-offset:2px}' +
    '.imp-payment-progress{overflow:hidden}' +
    '@media (max-width:640px){.imp-frame{width:100%;height:100%;border-radius:0}}';

  /** Where this script was loaded from; nothing if it was not loaded by its address. */
  function ownAddress() {
    var scripts = [document.currentScript].concat(Array.prototype.slice.call(document.scripts));
    for (var i = 0; i < scripts.length; i++) {
      var src = scripts[i] && typeof scripts[i].src === 'string' ? scripts[i].src.replace(/[?#].*/, '') : '';
      if (/\/(v1|js)\/iamport[^/]*$/.test(src)) {
        return src;
      }
    }
    return '';
  }

  /** Adopted sheets work where the shop's policy forbids style elements. */
  function addStyle() {
    if (addStyle.done) {
      return;
    }
    addStyle.done = true;
    try {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      document.adoptedStyleSheets = document.adoptedStyleSheets.concat(sheet);
    } catch (older) {
      var style = document.createElement('style');
      style.textContent = STYLE;
      document.head.appendChild(style);
    }
  }

  function isMobile() {
    return /Android|iPhone|iPad|iPod|IEMobile|BlackBerry|Opera Mini|Mobile/i.test(navigator.userAgent);
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    if (name === 'button') {
      made.type = 'button';
    }
    if (text) {
      made.textContent = text;
    }
    return made;
  }

  function refusal(params, message, code) {
    return {
      success: false,
      imp_uid: null,
      merchant_uid: params && params.merchant_uid !== undefined ? params.merchant_uid : null,
      error_code: code || NO_CODE,
      error_msg: message
    };
  }

  /**
   * Before there is a window: on mobiles the page itself goes to m_redirect_url, as it would with a result.
   * What has a code of its own is told to the callback, if there is one: it is about the order, not about this visit.
   */
  function refuse(kind, params, callback, message, code) {
    var result = refusal(params, message, code);
    var target = params && params.m_redirect_url;
    var told = code && typeof callback === 'function';
    if (kind !== WISHES && isMobile() && !told && leads(target)) {
      window.location.assign(redirectUrl(target, kind, result));
    } else {
      answer(callback, result);
    }
  }

  /** Whether it is a page's address or an app's; the others run or show what somebody wrote. */
  function leads(target) {
    return typeof target === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(target)
      && !/^(about|blob|content|data|file|filesystem|javascript|vbscript|view-source):/i.test(target);
  }

  /** The shop's address as it is, the result behind its own query, before its fragment. */
  function redirectUrl(target, kind, result) {
    var parts = /^([^#]*)(#[^]*)?$/.exec(target);
    var query = new URLSearchParams();
    query.set('imp_uid', '');
    query.set('merchant_uid', result.merchant_uid === null ? '' : String(result.merchant_uid));
    query.set(kind.success, 'false');
    query.set('error_code', result.error_code);
    query.set('error_msg', result.error_msg);
    var glue = parts[1].indexOf('?') < 0 ? '?' : /[?&]$/.test(parts[1]) ? '' : '&';
    return parts[1] + glue + query.toString().replace(/\+/g, '%20') + (parts[2] || '');
  }

  /** A callback that throws is the shop's error, told as any other of its errors. */
  function answer(callback, result) {
    if (typeof callback === 'function') {
      try {
        callback(result);
      } catch (error) {
        setTimeout(function () {
          throw error;
        });
      }
    } else if (result.error_code) {
      console.error('[IMP] ' + result.error_code + ' ' + result.error_msg);
    }
  }

  /** What can be told without asking the hub; null if nothing is wrong. */
  function wrong(kind, params) {
    if (!shop) {
      return '가맹점 식별코드가 없습니다. IMP.init을 먼저 호출해 주세요.';
    }
    if (!params) {
      return kind.missing;
    }
    if (kind === WISHES) {
      return null;
    }
    if (typeof params.merchant_uid !== 'string' || !params.merchant_uid) {
      return 'merchant_uid는 필수이며 문자열(string) 타입이어야 합니다.';
    }
    if (kind === PAYMENT && (typeof params.amount !== 'number' || !isFinite(params.amount))) {
      return 'amount는 필수이며 숫자(number) 타입이어야 합니다.';
    }
    return null;
  }

  /** The numbered builds took what the current one refuses. */
  function loosen(kind, params) {
    if (kind === WISHES) {
      if (Array.isArray(params.naverProducts)) {
        params.naverProducts = params.naverProducts.map(function (each) {
          return each && typeof each === 'object' ? Object.assign({}, each, { uprice: number(each.uprice) }) : each;
        });
      }
      return;
    }
    if (params.merchant_uid === undefined || params.merchant_uid === null || params.merchant_uid === '') {
      params.merchant_uid = 'nobody_' + Date.now();
    } else if (typeof params.merchant_uid === 'number') {
      params.merchant_uid = String(params.merchant_uid);
    }
    if (kind === PAYMENT) {
      params.amount = number(params.amount);
    }
  }

  /** A number that was written as a text; anything else as it is. */
  function number(value) {
    return typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  }

  /** The shop's parameters, to be changed without changing what is the shop's. */
  function copy(kind, params) {
    if (!params || typeof params !== 'object') {
      return null;
    }
    var asked = Object.assign({}, params);
    if (historic) {
      loosen(kind, asked);
    }
    var target = asked.m_redirect_url;
    if (typeof target === 'string' && target && !/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      try {
        asked.m_redirect_url = new URL(target, document.baseURI).href;
      } catch (noBase) {
        // A page without an address of its own: the hub refuses what leads nowhere.
      }
    }
    return asked;
  }

  function post(path, body) {
    var patience = typeof AbortController === 'function' ? new AbortController() : null;
    var timer = patience && setTimeout(function () {
      patience.abort();
    }, PATIENCE);
    return fetch(hub + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: patience ? patience.signal : undefined
    }).then(function (response) {
      return response.json();
    }).then(function (answered) {
      clearTimeout(timer);
      if (!answered || typeof answered.code !== 'number') {
        throw new TypeError('not an answer of the hub');
      }
      return answered;
    });
  }

  function begin(kind, params, callback) {
    var asked = copy(kind, params);
    if (session) {
      // Never by a redirect: it would take the page away from the window that is open.
      answer(callback, refusal(asked, session.kind.busy));
      return;
    }
    var problem = wrong(kind, asked);
    if (problem) {
      refuse(kind, asked, callback, problem);
      return;
    }
    var language = asked.language || navigator.language || 'ko';
    var mine = { kind: kind, params: asked, callback: callback, words: /^en/i.test(language) ? 1 : 0 };
    session = mine;
    // Now or never: once the hub has answered, the browser no longer takes it for the buyer's click.
    mine.popup = wantsPopup(kind, asked) ? openPopup(mine, '') : null;
    ask(kind.path, { mobile: isMobile(), every_field: historic, params: asked }).then(
      function (answered) {
        prepared(mine, answered);
      },
      function () {
        failed(mine, LOST);
      }
    );
  }

  /** Asks the hub in the name of the shop. What cannot be sent is answered as the hub would. */
  function ask(path, body) {
    body.user_code = shop.userCode;
    body.tier_code = shop.tierCode;
    // Only the origin counts; what else an address holds is the shop's own business.
    body.page = window.location.href.replace(/[?#][^]*/, '').slice(0, 2000);
    body.top = window.top === window;
    try {
      return post(path, body);
    } catch (notJson) {
      return Promise.resolve({ code: -1, message: '요청 정보를 전송할 수 없습니다. JSON으로 나타낼 수 있는 값만 사용해 주세요.' });
    }
  }

  function failed(mine, message, code) {
    if (session === mine) {
      remove(mine);
      refuse(mine.kind, mine.params, mine.callback, message, code);
    }
  }

  function prepared(mine, answered) {
    if (session !== mine) {
      // IMP.close() was quicker: what was made must not stay open.
      if (answered.code === 0 && mine.kind !== WISHES) {
        post(closePath(answered.response), {});
      }
      return;
    }
    if (answered.code !== 0) {
      failed(mine, answered.message, answered.error_code);
      return;
    }
    mine.prepared = answered.response;
    mine.origin = new URL(mine.prepared.url).origin;
    if (mine.prepared.presentation === 'redirect') {
      leave(mine);
    } else if (mine.kind === WISHES) {
      showWishes(mine);
    } else if (mine.prepared.presentation === 'popup') {
      showPopup(mine);
    } else {
      closePopup(mine);
      showFrame(mine);
    }
  }

  /** The pages are found at the hub this script came from, whatever the hub calls itself. */
  function closePath(prepared) {
    return new URL(prepared.url).pathname.replace(/^.*(\/checkout\/)/, '$1') + '/close';
  }

  /** The whole page goes. Should it stay, or come back from the browser's memory, it can pay again. */
  function leave(mine) {
    mine.leaving = true;
    closePopup(mine);
    window.location.assign(mine.prepared.url);
    setTimeout(function () {
      remove(mine);
    }, 8000);
  }

  window.addEventListener('pageshow', function (shown) {
    if (shown.persisted && session && session.leaving) {
      remove(session);
    }
  });

  function wantsPopup(kind, params) {
    if (kind === WISHES) {
      return true;
    }
    if (kind === IDENTITY) {
      return !isMobile() || params.popup === true;
    }
    var pg = typeof params.pg === 'string' ? params.pg.replace(/\..*/, '') : '';
    var device = isMobile() ? 'mobile' : 'desktop';
    if (!pg) {
      // Of a channelKey only the hub knows the PG: one that would pop up if asked so may be meant.
      return Object.keys(PGS).some(function (each) {
        var rule = otherwise(PGS[each], params);
        return !!rule && rule.shown[device] === 'POPUP';
      });
    }
    var facts = Object.prototype.hasOwnProperty.call(PGS, pg) ? PGS[pg] : null;
    return !!facts && (otherwise(facts, params) || facts).shown[device] === 'POPUP';
  }

  /** With which parameter the page has it otherwise than is usual with the PG. */
  function otherwise(facts, params) {
    return facts.asked.find(function (each) {
      var sent = params[each.name];
      return sent !== undefined && sent !== null && (each.value === '*' || each.value === String(sent));
    });
  }

  /** The button of this type; nothing if V1 has no such. */
  function uiOf(type) {
    return Object.keys(PGS).reduce(function (all, pg) {
      return all.concat(PGS[pg].uis);
    }, []).find(function (each) {
      return each.type === type;
    });
  }

  /** Null if the browser does not let us. */
  function openPopup(mine, url) {
    var width = Math.min(480, screen.availWidth);
    var height = Math.min(760, screen.availHeight);
    var left = Math.max(0, Math.round(window.screenX + (window.outerWidth - width) / 2));
    var top = Math.max(0, Math.round(window.screenY + (window.outerHeight - height) / 2));
    var popup = null;
    try {
      popup = window.open(url, '_blank', 'popup=yes,width=' + width + ',height=' + height + ',left=' + left + ',top=' + top);
      if (popup === window) {
        return null;
      }
      if (popup && !url) {
        popup.document.title = mine.kind.title[mine.words];
        popup.document.body.textContent = ['잠시만 기다려 주세요…', 'One moment, please…'][mine.words];
      }
    } catch (forbidden) {
      // The popup is there or it is not; what it says meanwhile does not matter.
    }
    return popup && !popup.closed ? popup : null;
  }

  function closePopup(mine) {
    if (mine.popup) {
      mine.popup.close();
      mine.popup = null;
    }
  }

  /** The window stays when the call is over. Where it was blocked, the layer's button opens it. */
  function showWishes(mine) {
    if (!mine.popup) {
      showPopup(mine);
    } else if (mine.popup.closed) {
      finish(mine, refusal(mine.params, mine.kind.abandoned));
      return;
    } else {
      mine.popup.location.replace(mine.prepared.url);
    }
    handOver(mine);
  }

  function handOver(mine) {
    if (mine.popup) {
      mine.popup = null;
      finish(mine, { success: true });
    }
  }

  function showPopup(mine) {
    if (mine.popup) {
      // Replaced, so that the way back does not lead to an empty page.
      mine.popup.location.replace(mine.prepared.url);
    } else {
      mine.popup = openPopup(mine, mine.prepared.url);
    }
    mine.notice = element('div', 'imp-notice');
    mine.text = element('p', 'imp-notice-text');
    mine.text.setAttribute('aria-live', 'polite');
    mine.opener = element('button', 'imp-open');
    mine.opener.addEventListener('click', function () {
      if (mine.popup && !mine.popup.closed) {
        mine.popup.focus();
      } else if (!mine.closing) {
        mine.popup = openPopup(mine, mine.prepared.url);
        mine.pressed = true;
        sayPopup(mine);
        if (mine.kind === WISHES) {
          handOver(mine);
        }
      }
    });
    mine.notice.append(mine.text, mine.opener);
    showDialog(mine, mine.notice);
    sayPopup(mine);
    mine.watch = setInterval(function () {
      if (mine.popup && mine.popup.closed) {
        clearInterval(mine.watch);
        close();
      }
    }, 400);
  }

  function sayPopup(mine) {
    var name = mine.kind.name[mine.words];
    if (mine.popup) {
      mine.text.textContent = [name + '이 새 창에서 열렸습니다.', 'The ' + name + ' is open in a window of its own.'][mine.words];
      mine.opener.textContent = [name + ' 보기', 'Show the ' + name][mine.words];
    } else if (mine.pressed) {
      // Not even a click opens one, as in many apps: then it has to do within the page.
      mine.notice.remove();
      frame(mine);
    } else {
      mine.text.textContent = [
        '팝업이 차단되어 ' + name + '을 열지 못했습니다. 아래 버튼을 눌러 주세요.',
        'Your browser has blocked the ' + name + '. Press the button to open it.'
      ][mine.words];
      mine.opener.textContent = [name + ' 열기', 'Open the ' + name][mine.words];
    }
    if (!mine.frame) {
      mine.opener.focus();
    }
  }

  function frame(mine) {
    mine.frame = element('iframe', 'imp-frame ' + (isMobile() ? 'imp-frame-mobile' : 'imp-frame-pc'));
    mine.frame.title = mine.kind.name[mine.words];
    mine.frame.setAttribute('allow', 'payment; publickey-credentials-get');
    mine.frame.src = mine.prepared.url;
    mine.dialog.insertBefore(mine.frame, mine.dialog.firstChild);
    mine.frame.focus();
    // Until its first page is there, a frame has nothing that could keep the focus.
    mine.frame.addEventListener('load', function () {
      if (mine.frame && document.activeElement === document.body) {
        mine.frame.focus();
      }
    });
  }

  function showFrame(mine) {
    showDialog(mine, null);
    frame(mine);
  }

  function showDialog(mine, content) {
    addStyle();
    mine.focused = document.activeElement;
    mine.dialog = element('div', 'imp-dialog');
    mine.dialog.setAttribute('role', 'dialog');
    mine.dialog.setAttribute('aria-modal', 'true');
    mine.dialog.setAttribute('aria-label', mine.kind.title[mine.words]);
    var cross = element('button', 'imp-close', '×');
    cross.setAttribute('aria-label', [mine.kind.name[0] + ' 닫기', 'Close the ' + mine.kind.name[1]][mine.words]);
    cross.addEventListener('click', close);
    if (content) {
      mine.dialog.append(content);
    }
    mine.dialog.append(cross);
    trap(mine, cross);
    mine.heard = function (event) {
      var message = event.data;
      var theirs = mine.frame ? mine.frame.contentWindow : mine.popup;
      if (event.origin === mine.origin && theirs && event.source === theirs
          && message && message.from === 'naru' && message.imp_uid === mine.prepared.imp_uid) {
        finish(mine, message.result);
      }
    };
    mine.typed = function (event) {
      if (event.key === 'Escape') {
        event.preventDefault();
        askToClose(mine);
      }
    };
    window.addEventListener('message', mine.heard);
    document.addEventListener('keydown', mine.typed);
    document.body.classList.add('imp-payment-progress');
    document.body.appendChild(mine.dialog);
    mine.behind = Array.prototype.filter.call(document.body.children, function (each) {
      return each !== mine.dialog && !each.inert;
    });
    mine.behind.forEach(function (each) {
      each.inert = true;
    });
  }

  /** The tab key goes round within the layer: beyond its first and last stop it comes in at the other end. */
  function trap(mine, cross) {
    function stop(go) {
      var edge = element('span', 'imp-edge');
      edge.tabIndex = 0;
      edge.setAttribute('aria-hidden', 'true');
      edge.addEventListener('focus', go);
      return edge;
    }
    mine.dialog.insertBefore(stop(function () {
      cross.focus();
    }), mine.dialog.firstChild);
    mine.dialog.append(stop(function () {
      (mine.keep || mine.frame || mine.opener || cross).focus();
    }));
  }

  /** One key may be pressed by mistake: what it would end is asked for first. */
  function askToClose(mine) {
    if (mine.asked) {
      dropQuestion(mine);
      return;
    }
    if (mine.closing || !mine.prepared) {
      return;
    }
    mine.asked = element('div', 'imp-notice imp-ask');
    mine.asked.setAttribute('role', 'alertdialog');
    var text = element('p', 'imp-notice-text', mine.kind.stop[mine.words]);
    text.id = 'imp-ask-text';
    mine.asked.setAttribute('aria-labelledby', text.id);
    mine.keep = element('button', 'imp-keep', ['계속하기', 'Go on'][mine.words]);
    mine.keep.addEventListener('click', function () {
      dropQuestion(mine);
    });
    var quit = element('button', 'imp-quit', ['그만두기', 'Stop'][mine.words]);
    quit.addEventListener('click', close);
    mine.asked.append(text, mine.keep, quit);
    mine.dialog.insertBefore(mine.asked, mine.dialog.querySelector('.imp-close'));
    mine.keep.focus();
  }

  function dropQuestion(mine) {
    if (mine.asked) {
      mine.asked.remove();
      mine.asked = null;
      mine.keep = null;
      (mine.frame || mine.opener).focus();
    }
  }

  /** Says why the layer stays although somebody wants it closed. */
  function note(mine, text) {
    if (mine.dialog) {
      if (!mine.note) {
        mine.note = element('div', 'imp-note');
        mine.note.setAttribute('role', 'status');
        mine.dialog.insertBefore(mine.note, mine.dialog.querySelector('.imp-close'));
      }
      mine.note.textContent = text;
    }
  }

  function remove(mine) {
    session = session === mine ? null : session;
    clearInterval(mine.watch);
    closePopup(mine);
    if (mine.dialog) {
      window.removeEventListener('message', mine.heard);
      document.removeEventListener('keydown', mine.typed);
      mine.behind.forEach(function (each) {
        each.inert = false;
      });
      mine.dialog.remove();
      mine.dialog = null;
      document.body.classList.remove('imp-payment-progress');
      if (mine.focused && mine.focused.focus) {
        mine.focused.focus();
      }
    }
  }

  function finish(mine, result) {
    if (session === mine) {
      remove(mine);
      answer(mine.callback, result);
    }
  }

  /** The buyer gives up. While a charge is under way the window stays: its result is about to come. */
  function close() {
    var mine = session;
    if (!mine || mine.closing || mine.leaving) {
      return;
    }
    if (mine.kind === WISHES && mine.frame) {
      finish(mine, { success: true });
      return;
    }
    if (!mine.prepared || mine.kind === WISHES) {
      finish(mine, refusal(mine.params, mine.kind.abandoned));
      return;
    }
    dropQuestion(mine);
    mine.closing = true;
    var slow = setTimeout(note, 600, mine, [
      mine.kind.name[0] + '을 닫고 있습니다. 잠시만 기다려 주세요.', 'Closing the ' + mine.kind.name[1] + '. One moment, please.'][mine.words]);
    giveUp(mine, 1, slow);
  }

  function giveUp(mine, tries, slow) {
    function end(message) {
      var result = refusal(mine.params, message);
      result.imp_uid = mine.prepared.imp_uid;
      finish(mine, result);
    }
    post(closePath(mine.prepared), {}).then(
      function (answered) {
        var gone = !mine.frame && mine.popup && mine.popup.closed;
        clearTimeout(slow);
        if (answered.code !== 0) {
          end(answered.message);
        } else if (answered.response.closed || (gone && tries === 15)) {
          finish(mine, answered.response.result);
        } else if (gone) {
          // Nothing comes out of a window that is gone: the hub has to be asked.
          note(mine, mine.kind.underWay[mine.words]);
          setTimeout(giveUp, 2000, mine, tries + 1);
        } else {
          mine.closing = false;
          note(mine, mine.kind.underWay[mine.words]);
        }
      },
      function () {
        clearTimeout(slow);
        end([mine.kind.name[0] + '을 닫았지만 결과를 확인할 수 없습니다. 주문 내역을 확인해 주세요.',
          'The ' + mine.kind.name[1] + ' is closed, but its result is not known. Please look at your order.'][mine.words]);
      }
    );
  }

  function setShop(userCode, tierCode) {
    var problem = typeof userCode !== 'string' || !userCode
      ? '가맹점 식별코드(imp로 시작하는 문자열)가 필요합니다.'
      : tierCode !== null && (typeof tierCode !== 'string' || !tierCode) ? '하위 상점 코드(tierCode)가 필요합니다.' : null;
    if (problem) {
      console.error('[IMP] ' + problem);
    }
    shop = problem ? null : { userCode: userCode, tierCode: tierCode };
  }

  /** Where a PG's button goes; a text says what is wrong with the page. */
  function container(type) {
    var all = Array.prototype.slice.call(document.querySelectorAll('.portone-ui-container'));
    var those = all.filter(function (each) {
      return each.getAttribute('data-portone-ui-type') === type;
    });
    if (!all.length) {
      return 'portone-ui-container를 찾을 수 없습니다.';
    }
    if (!those.length || !uiOf(type)) {
      return 'data-portone-ui-type에 올바른 UI 타입을 입력해주세요.';
    }
    return those.length > 1 ? '동일한 data-portone-ui-type을 갖는 DOM element가 2개 이상 존재합니다.' : those[0];
  }

  function loadUI(type, params, callback) {
    var place = container(type);
    var known = uiOf(type);
    // Without a text for one of ours, the shop's page has the button.
    var theirs = known && !known.text ? 'portone-' + type + '-button' : null;
    var button = theirs && document.getElementById(theirs);
    var problem = typeof place === 'string'
      ? place
      : !shop
        ? wrong(PAYMENT, params)
        : theirs && !button
          ? 'id가 ' + theirs + '인 결제 버튼을 찾을 수 없습니다.'
          : null;
    if (problem) {
      answer(callback, refusal(params, problem));
      return;
    }
    var ui = { params: params, callback: callback };
    uis[type] = ui;
    ask('/checkout/ui', { ui_type: type, params: params }).then(
      function (answered) {
        if (uis[type] !== ui) {
          return;
        }
        if (answered.code !== 0) {
          delete uis[type];
          answer(callback, refusal(params, answered.message));
        } else {
          draw(ui, place, button, known.text);
        }
      },
      function () {
        answer(callback, refusal(params, LOST));
      }
    );
  }

  function draw(ui, place, button, text) {
    addStyle();
    var pressed = button || element('button', 'imp-ui', text);
    if (!button) {
      place.textContent = '';
      place.appendChild(pressed);
    }
    // Once per button, whose data may change until it is pressed.
    pressed.onclick = function () {
      begin(PAYMENT, ui.params, ui.callback);
    };
  }

  function updateLoadUIRequest(type, params) {
    if (uis[type]) {
      uis[type].params = params;
    } else {
      console.error('[IMP] ' + type + ' UI가 없습니다. IMP.loadUI를 먼저 호출해 주세요.');
    }
  }

  /** No PG of the hub has a module for the page: refused as the module itself would refuse. */
  function loadModule(type) {
    var error = new Error('지원하지 않는 모듈입니다: ' + String(type));
    error.code = 'NOT_SUPPORTED';
    return Promise.reject(error);
  }

  /** Of the oldest pages, which put the window into a page of theirs and say here how it goes on. */
  function communicate(message) {
    var result = message && message.result;
    if (result === 'cancel') {
      close();
    } else if (result !== 'process') {
      console.error("[IMP] communicate의 result는 'process' 또는 'cancel'이어야 합니다.");
    }
  }

  window.IMP = {
    init: function (userCode) {
      setShop(userCode, null);
    },
    agency: function (userCode, tierCode) {
      setShop(userCode, tierCode === undefined ? '' : tierCode);
    },
    request_pay: function (params, callback) {
      begin(PAYMENT, params, callback);
    },
    certification: function (params, callback) {
      begin(IDENTITY, params, callback);
    },
    loadUI: loadUI,
    updateLoadUIRequest: updateLoadUIRequest,
    loadModule: loadModule,
    naver_zzim: function (params, callback) {
      begin(WISHES, params, callback);
    },
    communicate: communicate,
    close: close
  };
})();
