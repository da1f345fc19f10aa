// A payment link: made by the server, paid by whoever has it.
import { at, data, isOff, newOrder, now, off, problem, say, showJson, won } from './page.js';
import { preview, server } from './server.js';
import { buyer, custom, follow, forget, keep, kept, language, more, orderAmount, orderName, own } from './order.js';
import { cancels } from './cancel.js';

function methods() {
  return Array.from(document.querySelectorAll('#methods input:checked'));
}

function sample(method) {
  return more(method.closest('label').textContent.trim().replace(/.* · /, ''));
}

function body(merchantUid) {
  const extras = Object.assign({}, ...methods().map(sample));
  // Each method has its own.
  delete extras.pay_method;
  return Object.assign({
    user_code: data.userCode,
    title: say('나루 찻집', 'Naru Tea House'),
    merchant_uid: merchantUid,
    name: orderName(),
    amount: orderAmount(),
    currency: 'KRW',
    pay_methods: methods().map(function (method) {
      return { channelKey: method.value, pay_method: sample(method).pay_method || 'card', label: method.dataset.label };
    }),
    display_language: language(),
    expired_at: now() + 86400
  }, buyer(), custom(), extras);
}

function refreshForm() {
  at('price').textContent = won(orderAmount() || 0);
  at('pay').textContent = say('결제 링크 만들기', 'Make a payment link');
  off('pay', methods().length === 0);
  preview('call-link', 'link', { body: body(newOrder('tea')) });
}

function make(event) {
  event.preventDefault();
  if (isOff('pay')) {
    return;
  }
  problem('');
  off('pay', true);
  const asked = body(newOrder('tea'));
  server('link', { body: asked }, 'call-link')
    .then(function (answered) {
      showJson('link-answer', answered.answer);
      if (!answered.answer.shortenedUrl) {
        throw new Error(answered.answer.message);
      }
      kept.link = { merchant_uid: asked.merchant_uid, url: answered.answer.shortenedUrl };
      own(asked.merchant_uid);
      forget();
      showLink();
    })
    .catch(function (error) { problem(error.message); })
    .then(function () { off('pay', false); });
}

function showLink() {
  const anchor = at('link').querySelector('a');
  anchor.href = kept.link.url;
  anchor.textContent = say('구매자로 열기: ', 'Open it as the buyer: ') + kept.link.url;
  at('link').hidden = false;
  preview('call-find', 'find', { id: kept.link.merchant_uid });
}

export function start() {
  kept.can = null;
  at('order').addEventListener('submit', make);
  at('order').addEventListener('input', refreshForm);
  refreshForm();
  preview('call-find', 'find', { id: 'tea-…' });
  follow();
  cancels();
  if (kept.link) {
    showLink();
    keep();
  }
}
