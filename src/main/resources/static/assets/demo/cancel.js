// Giving back: in parts or as a whole.
import { at, off, onPress, problem, say, showJson } from './page.js';
import { preview, response, server } from './server.js';
import { channel, check, kept, onPayment, order } from './order.js';

const HINT = at('cancel-hint') ? at('cancel-hint').textContent : '';

function left() {
  return order.payment ? order.payment.amount - order.payment.cancel_amount : 0;
}

function possible() {
  return Boolean(order.payment) && (order.payment.status === 'paid' || order.payment.status === 'cancelled') && left() > 0;
}

/** Of the channel that was paid by, or that would be; a link's is known to the buyer alone. */
function can(capability) {
  const abilities = (order.payment && kept.can) || (at('channel') ? channel().can : null);
  return !abilities || abilities.indexOf(capability) >= 0;
}

/** V1: what is left, as the shop knows it, so that two who cancel at once do not cancel twice. */
function body(amount) {
  const asked = { imp_uid: order.payment ? order.payment.imp_uid : 'imp_…' };
  if (amount) {
    asked.amount = amount;
  }
  asked.checksum = order.payment ? left() : 0;
  asked.enable_webhook = true;
  asked.reason = say('단순 변심', 'Changed their mind');
  if (order.payment && order.payment.pay_method === 'vbank') {
    Object.assign(asked, {
      refund_holder: say('홍길동', 'Gildong Hong'), refund_bank: '004', refund_account: '12345678901234', refund_tel: '010-1234-5678'
    });
  }
  return asked;
}

function typed() {
  return Number(at('cancel-amount').value.replace(/[,\s]/g, '')) || 0;
}

function propose() {
  preview('call-cancel', 'cancel', { body: body(can('PartialCancels') ? typed() : 0) });
}

function offer() {
  const ordered = Boolean(at('channel')) && can('ProductOrders');
  at('cancel-form').hidden = ordered || !can('Cancels');
  at('cancel-hint').textContent = ordered
    ? say('주문형은 상품주문마다 취소합니다: POST /payments/{imp_uid}/naver/cancel',
      'Of this kind each product order is cancelled: POST /payments/{imp_uid}/naver/cancel')
    : HINT;
  off('cancel', !possible());
  off('cancel-part', !possible() || typed() <= 0);
  at('cancel-part').hidden = !can('PartialCancels');
  at('cancel-amount').closest('.field').hidden = !can('PartialCancels');
}

function press(amount) {
  off('cancel', true);
  off('cancel-part', true);
  server('cancel', { body: body(amount) }, 'call-cancel')
    .then(function (answered) {
      showJson('cancel-answer', answered.answer);
      response(answered);
      return check();
    })
    .catch(function (error) {
      problem(error.message);
      offer();
    });
}

export function cancels() {
  let proposed = '';
  onPayment(function (payment) {
    // A payment is looked at more than once: what was typed meanwhile stays.
    const what = payment ? payment.imp_uid + ' ' + left() : '';
    if (payment && possible() && what !== proposed) {
      proposed = what;
      at('cancel-amount').value = Math.max(1, Math.floor(left() / 2));
    }
    offer();
    // What was sent last stays, until another amount is typed.
    if (!payment || payment.cancel_amount === 0) {
      propose();
    }
  });
  at('cancel-amount').addEventListener('input', function () {
    offer();
    propose();
  });
  at('order').addEventListener('input', offer);
  onPress('cancel-part', function () { press(typed()); });
  onPress('cancel', function () { press(0); });
  offer();
  propose();
}
