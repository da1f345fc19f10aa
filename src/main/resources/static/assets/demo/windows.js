// Payments by a window: card, virtual account, billing key, promotion.
import { at, data, isOff, korean, moved, newOrder, now, off, onPress, problem, say, show, showJson, status, won } from './page.js';
import { post, preview, response, server } from './server.js';
import { buyer, channel, check, custom, follow, forget, keep, kept, language, more, onPayment, order, orderAmount, orderName, own } from './order.js';
import { cancels } from './cancel.js';
import { listen } from './live.js';
import { script } from './script.js';

const HERE = window.location.origin + '/demo?flow=' + data.flow + '&lang=' + (korean ? 'ko' : 'en');
const isKey = data.flow === 'key';
// While time is moved on, and so unknown to the page, no time can be chosen from it.
let moving = false;

function mobile() {
  return at('screen-mobile').checked;
}

function params(merchantUid) {
  const chosen = channel();
  const asked = {
    channelKey: chosen.key,
    pay_method: data.flow === 'vbank' ? 'vbank' : 'card',
    merchant_uid: merchantUid,
    name: orderName(),
    amount: orderAmount()
  };
  if (isKey) {
    asked.customer_uid = 'card-of-' + merchantUid;
  }
  if (data.flow === 'promotion') {
    asked.promotion_id = data.promotion;
    asked.card = { direct: { code: '365', quota: 0 } };
  }
  Object.assign(asked, buyer(), custom(), more(chosen.provider), { language: language() });
  if (mobile()) {
    asked.m_redirect_url = HERE;
  }
  return asked;
}

function showCode(asked) {
  show('code', script('request_pay', asked, say('서버에 imp_uid를 보내 결제를 확인합니다.', 'Send imp_uid to your server, which checks the payment.')));
}

function refreshForm() {
  at('price').textContent = won(orderAmount() || 0);
  at('pay').textContent = isKey
    ? say('카드 등록하기', 'Save a card')
    : data.flow === 'vbank'
      ? say('가상계좌 발급받기', 'Get an account')
      : say(won(orderAmount() || 0) + ' 결제하기', 'Pay ' + won(orderAmount() || 0));
  showCode(params(newOrder('tea')));
}

function pay(event) {
  event.preventDefault();
  if (isOff('pay')) {
    return;
  }
  problem('');
  const asked = params(newOrder('tea'));
  Object.assign(kept, { asked: asked, can: channel().can, channel: channel().key, result: null });
  show('result', '');
  show('payment', '');
  show('cancel-answer', '');
  own(asked.merchant_uid);
  forget();
  showCode(asked);
  off('pay', true);
  window.IMP.request_pay(asked, returned);
}

/** What the callback, or the way back, brought along. */
function returned(result) {
  off('pay', false);
  showJson('result', result);
  if (!result.imp_uid) {
    problem(result.error_msg);
    return;
  }
  kept.result = result;
  keep();
  check().catch(function (error) { problem(error.message); });
}

function deposits() {
  const paint = function (payment) {
    const waits = Boolean(payment) && payment.status === 'ready' && Boolean(payment.vbank_num);
    off('deposit', !waits);
    if (!payment || waits) {
      const account = waits ? payment.vbank_num.replace(/[^0-9]/g, '') : '{vbank_num}';
      show('call-deposit', 'curl -s -X POST ' + data.simulators + '/_sim/vbanks/' + (waits ? payment.pg_provider : channel().provider) + '/' + account + '/deposit');
    }
  };
  onPayment(paint);
  paint(null);
  onPress('deposit', function () {
    off('deposit', true);
    post('/demo/deposits', { id: order.payment.imp_uid }).catch(function (error) {
      off('deposit', false);
      problem(error.message);
    });
  });
}

function charge(merchantUid) {
  return {
    customer_uid: kept.asked ? kept.asked.customer_uid : 'card-of-…',
    merchant_uid: merchantUid,
    amount: orderAmount(),
    name: orderName()
  };
}

function entry(merchantUid) {
  return {
    customer_uid: kept.asked ? kept.asked.customer_uid : 'card-of-…',
    schedules: [{ merchant_uid: merchantUid, schedule_at: now() + Number(at('when').value), amount: orderAmount(), name: orderName() }]
  };
}

function press(button, work) {
  onPress(button, function () {
    off(button, true);
    work()
      .catch(function (error) { problem(error.message); })
      .then(paintKey);
  });
}

function paintKey() {
  const has = Boolean(order.payment) && order.payment.status === 'paid';
  const waits = Boolean(kept.schedule) && !kept.schedule.over;
  off('again', !has);
  off('schedule', !has || moving);
  off('unschedule', !waits);
  off('clock', !waits || moving);
}

function keys() {
  let seen;
  const clear = function (payment) {
    if (!payment) {
      ['again-answer', 'schedule-answer'].forEach(function (box) { show(box, ''); });
      ['again-status', 'schedule-status'].forEach(function (pill) { status(pill, ''); });
      kept.schedule = null;
    }
    // A payment is looked at more than once, and then what was called for it stays to be seen.
    const impUid = payment ? payment.imp_uid : null;
    if (impUid !== seen) {
      seen = impUid;
      preview('call-again', 'again', { body: charge(newOrder('again')) });
      preview('call-schedule', 'schedule', { body: entry(newOrder('plan')) });
    }
    paintKey();
  };
  onPayment(clear);
  clear(null);
  at('when').addEventListener('change', function () {
    preview('call-schedule', 'schedule', { body: entry(newOrder('plan')) });
  });
  press('again', function () {
    const body = charge(newOrder('again'));
    own(body.merchant_uid);
    return server('again', { body: body }, 'call-again').then(function (answered) {
      showJson('again-answer', answered.answer);
      status('again-status', response(answered).status);
    });
  });
  press('schedule', function () {
    const body = entry(newOrder('plan'));
    own(body.schedules[0].merchant_uid);
    return server('schedule', { body: body }, 'call-schedule').then(function (answered) {
      showJson('schedule-answer', answered.answer);
      response(answered);
      kept.schedule = { merchant_uid: body.schedules[0].merchant_uid, at: body.schedules[0].schedule_at, over: false };
      keep();
      status('schedule-status', 'scheduled');
    });
  });
  press('unschedule', function () {
    const body = { customer_uid: kept.asked.customer_uid, merchant_uid: kept.schedule.merchant_uid };
    return server('unschedule', { body: body }, 'call-schedule').then(function (answered) {
      showJson('schedule-answer', answered.answer);
      response(answered);
      over('revoked');
    });
  });
  press('clock', function () {
    moving = true;
    paintKey();
    return server('clock', { body: { to: String(kept.schedule.at + 1) } })
      .then(function (answered) { moved(answered.answer.ahead); })
      .finally(function () { moving = false; });
  });
  listen(function (type, item) {
    if (kept.schedule && item.merchant_uid === kept.schedule.merchant_uid && type === 'payment' && item.status !== 'ready') {
      over(item.status);
      server('payment', { id: item.imp_uid }).then(function (answered) { showJson('schedule-answer', answered.answer); }, function () {});
    }
  });
}

function over(state) {
  kept.schedule.over = true;
  keep();
  status('schedule-status', state);
  paintKey();
}

/** A desktop browser that wants to try the mobile way has to look like one. */
function pretend() {
  const real = navigator.userAgent;
  Object.defineProperty(navigator, 'userAgent', {
    get: function () {
      return mobile() && !/Mobile/.test(real) ? real + ' Mobile' : real;
    }
  });
  at('screen-mobile').checked = /Mobile/.test(real);
}

/** The way back of the mobile presentation. */
function back() {
  const query = new URLSearchParams(window.location.search);
  if (!query.has('imp_uid')) {
    return;
  }
  query.delete('lang');
  query.delete('flow');
  history.replaceState(null, '', HERE);
  if (kept.asked) {
    at('channel').value = kept.channel;
    at('screen-mobile').checked = true;
    showCode(kept.asked);
  }
  returned(Object.fromEntries(query));
  at('result').closest('article').scrollIntoView();
}

export function start() {
  pretend();
  window.IMP.init(data.userCode);
  at('order').addEventListener('submit', pay);
  at('order').addEventListener('input', refreshForm);
  window.addEventListener('pageshow', function () { off('pay', false); });
  refreshForm();
  preview('call-payment', 'payment', { id: 'imp_…' });
  follow();
  if (isKey) {
    keys();
  } else {
    cancels();
  }
  if (data.flow === 'vbank') {
    deposits();
  }
  back();
}
