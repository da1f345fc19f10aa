// The visitor's order: what the form says, what became of it, and what survives a visit to the PG's page.
import { at, data, korean, say, showJson, status, told, won } from './page.js';
import { response, server } from './server.js';
import { highlight, listen, mark } from './live.js';

const KEPT = 'naru-demo-' + data.flow;

/** What PGs want to be told beside the usual, with places to be filled in. */
const SAMPLES = JSON.parse(data.samples);

/** {asked, result, orders, …}: of this tab, so that a redirect finds it again. */
export const kept = read();

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {};
  } catch (unreadable) {
    return {};
  }
}

export function keep() {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  mark();
}

/** From now on this order is shown as the visitor's own. */
export function own(merchantUid) {
  kept.orders = (kept.orders || []).concat(merchantUid).slice(-20);
  keep();
}

export function owns(item) {
  return (kept.orders || []).indexOf(item.merchant_uid) >= 0;
}

export function channel() {
  const chosen = at('channel') && at('channel').selectedOptions[0];
  return chosen
    ? { key: chosen.value, provider: chosen.dataset.provider, can: chosen.dataset.can.split(' ') }
    : { key: '', provider: '', can: [] };
}

export function orderName() {
  return at('order-name').value;
}

export function orderAmount() {
  return Number(at('order-amount').value.replace(/[,\s]/g, ''));
}

export function custom() {
  const given = at('order-custom').value;
  return given ? { custom_data: { memo: given } } : {};
}

export function more(provider) {
  return fill(SAMPLES[provider] || {}, {
    '{name}': orderName(), '{amount}': orderAmount(), '{shop}': say('나루 찻집', 'Naru Tea House'), '{page}': data.base + '/demo'
  });
}

function fill(sample, values) {
  if (Array.isArray(sample)) {
    return sample.map(function (one) { return fill(one, values); });
  }
  if (sample !== null && typeof sample === 'object') {
    return Object.fromEntries(Object.entries(sample).map(function (one) { return [one[0], fill(one[1], values)]; }));
  }
  return sample in values ? values[sample] : sample;
}

export function buyer() {
  return { buyer_name: say('홍길동', 'Gildong Hong'), buyer_tel: '010-1234-5678', buyer_email: 'buyer@example.com' };
}

export function language() {
  return korean ? 'ko' : 'en';
}

export const order = { payment: null };

/** What the shop's server reads; shown with what matters of it. */
export function check() {
  const answered = data.flow === 'link'
    ? server('find', { id: kept.link.merchant_uid }, 'call-find')
    : server('payment', { id: kept.result.imp_uid }, 'call-payment');
  return answered.then(function (got) {
    showJson('payment', got.answer);
    showPayment(response(got));
  });
}

/** What matters of a payment, in words. */
function facts(payment) {
  const told = [];
  const left = payment.amount - payment.cancel_amount;
  if (payment.vbank_num && payment.status === 'ready') {
    told.push(say(
      payment.vbank_name + ' ' + payment.vbank_num + ' 계좌에 ' + won(payment.amount) + ' 입금을 기다립니다.',
      'Waiting for ' + won(payment.amount) + ' on account ' + payment.vbank_name + ' ' + payment.vbank_num + '.'));
  }
  if (payment.promotion && payment.promotion.discount > 0 && payment.cancel_amount === 0) {
    const charged = payment.amount - payment.promotion.discount;
    told.push(say(
      '주문 ' + won(payment.amount) + '에서 ' + won(payment.promotion.discount) + ' 할인되어 ' + won(charged) + '만 결제했습니다.',
      'Of ' + won(payment.amount) + ', ' + won(payment.promotion.discount) + ' were taken off: ' + won(charged) + ' were charged.'));
  }
  if (payment.status === 'failed') {
    told.push(say('결제되지 않았습니다: ', 'Not paid: ') + (payment.fail_reason || ''));
  }
  if (payment.cancel_amount > 0) {
    told.push(say(
      '주문 ' + won(payment.amount) + ' 중 ' + won(payment.cancel_amount) + ' 취소, ' + won(left) + ' 남음',
      won(payment.cancel_amount) + ' of the order’s ' + won(payment.amount) + ' cancelled, ' + won(left) + ' left'));
  }
  return told.join(' ');
}

/** In a few words, for beside the button. */
function outcome(payment) {
  const left = payment.amount - payment.cancel_amount;
  switch (payment.status) {
    case 'paid':
      return payment.customer_uid && data.flow === 'key'
        ? (payment.amount > 0 ? say('카드가 등록되고 ' + won(payment.amount) + ' 결제되었습니다.', 'The card is saved, and ' + won(payment.amount) + ' were charged.') : say('카드가 등록되었습니다.', 'The card is saved.'))
        : say(won(payment.amount) + ' 결제되었습니다.', won(payment.amount) + ' paid.');
    case 'ready':
      return payment.vbank_num ? say('입금을 기다립니다.', 'Waiting for the deposit.') : say('결과를 확인하고 있습니다.', 'The result is being confirmed.');
    case 'cancelled':
      return left > 0 ? say('일부 취소되었습니다. ' + won(left) + ' 남음', 'Cancelled in part: ' + won(left) + ' left.') : say('취소되었습니다.', 'Cancelled.');
    default:
      return say('결제되지 않았습니다. ', 'Not paid. ') + (payment.fail_reason || '');
  }
}

const shown = [];

/** Tells who is interested in the payment. */
export function onPayment(listener) {
  shown.push(listener);
}

function showPayment(payment) {
  order.payment = payment;
  status('status', payment.status);
  told(payment.status, outcome(payment));
  at('fact').textContent = facts(payment);
  at('fact').hidden = !at('fact').textContent;
  shown.forEach(function (listener) { listener(payment); });
}

/** Begins anew: what is known of the last payment is no longer the visitor's. */
export function forget() {
  order.payment = null;
  status('status', '');
  told('', '');
  at('fact').hidden = true;
  shown.forEach(function (listener) { listener(null); });
}

let looking = 0;

/** Looks again when something has happened to the payment that is shown. */
export function follow() {
  highlight(owns);
  listen(function (type, item) {
    const payment = order.payment;
    // Who has a link may try more than once.
    const concerned = data.flow === 'link'
      ? Boolean(kept.link) && item.merchant_uid === kept.link.merchant_uid
      : Boolean(payment) && item.imp_uid === payment.imp_uid;
    const known = payment && payment.imp_uid === item.imp_uid && payment.status === item.status && item.kind !== 'canceled';
    if (type === 'payment' && concerned && !known) {
      // Several at a time are one reason to look.
      clearTimeout(looking);
      looking = setTimeout(function () { check().catch(function () {}); }, 150);
    }
  });
}
