// Giving back: in parts or as a whole.
import { at, problem, say, showJson } from './page.js';
import { preview, response, server } from './server.js';
import { check, kept, onPayment, order } from './order.js';

function left() {
  return order.payment ? order.payment.amount - order.payment.cancel_amount : 0;
}

function possible() {
  return Boolean(order.payment) && (order.payment.status === 'paid' || order.payment.status === 'cancelled') && left() > 0;
}

function can(capability) {
  return !kept.can || kept.can.indexOf(capability) >= 0;
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

function show() {
  const ordered = kept.can && kept.can.indexOf('ProductOrders') >= 0;
  at('cancel-form').hidden = ordered || !can('Cancels');
  if (ordered) {
    at('cancel-hint').textContent = say(
      '주문형은 상품주문마다 취소합니다: POST /payments/{imp_uid}/naver/cancel',
      'Of this kind each product order is cancelled: POST /payments/{imp_uid}/naver/cancel');
  }
  at('cancel').disabled = !possible();
  at('cancel-part').disabled = !possible() || typed() <= 0;
  at('cancel-part').hidden = !can('PartialCancels');
  at('cancel-amount').closest('.field').hidden = !can('PartialCancels');
  preview('call-cancel', 'cancel', { body: body(can('PartialCancels') ? typed() : 0) });
}

function press(amount) {
  problem('');
  at('cancel').disabled = true;
  at('cancel-part').disabled = true;
  server('cancel', { body: body(amount) }, 'call-cancel')
    .then(function (answered) {
      showJson('cancel-answer', answered.answer);
      response(answered);
      return check();
    })
    .catch(function (error) {
      problem(error.message);
      show();
    });
}

export function cancels() {
  onPayment(function (payment) {
    if (payment && possible()) {
      at('cancel-amount').value = Math.min(left(), Math.max(1, Math.floor(left() / 2)));
    }
    const showing = at('call-cancel').textContent;
    show();
    if (payment && payment.cancel_amount > 0 && left() === 0) {
      // The last call stays: nothing is left that could be cancelled.
      at('call-cancel').textContent = showing;
    }
  });
  at('cancel-amount').addEventListener('input', show);
  at('cancel-part').addEventListener('click', function () { press(typed()); });
  at('cancel').addEventListener('click', function () { press(0); });
  show();
}
