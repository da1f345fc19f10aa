// Payment events and webhooks as they happen. What is told twice is shown once.
import { at, data, korean, say } from './page.js';

const MOST = 60;
const AGAIN = 5000;
const UNSEEN = 15000;
const KINDS = {
  opened: say('결제창 열림', 'Window opened'),
  authenticated: say('구매자 인증 완료', 'Buyer authenticated'),
  called: say('PG에 승인 요청', 'PG called'),
  unknown: say('결과 미확인, 확인 중', 'Outcome unknown, looking'),
  pending: say('PG 심사 중', 'Pending at the PG'),
  vbank_opened: say('가상계좌 발급', 'Account issued'),
  barcode_issued: say('바코드 발급', 'Barcode issued'),
  approved: say('승인', 'Approved'),
  deposited: say('입금', 'Deposited'),
  deposit_reversed: say('입금 취소', 'Deposit reversed'),
  declined: say('거절', 'Declined'),
  failed_over: say('다른 채널로 재시도', 'Tried on another channel'),
  revoked: say('해지', 'Revoked'),
  expired: say('기한 만료', 'Expired'),
  late_approval: say('늦은 승인 발견', 'Late approval found'),
  reversed: say('승인 되돌림', 'Reversed'),
  key_issued: say('빌링키 발급', 'Key issued'),
  budget_released: say('할인 예산 반환', 'Budget released'),
  cancel_called: say('PG에 취소 요청', 'Cancel asked for'),
  cancel_unknown: say('취소 결과 확인 중', 'Cancel unknown, looking'),
  canceled: say('취소 완료', 'Cancelled'),
  cancel_refused: say('취소 거절', 'Cancel refused')
};

const seen = new Set();
const listeners = [];
let source = null;
let leaving = 0;
let last = '';
let mine = function () { return false; };

/** Tells what happens from now on. */
export function listen(heard) {
  listeners.push(heard);
}

/** Which of it is the visitor's own. */
export function highlight(isMine) {
  mine = isMine;
  mark();
}

/** Goes over the list again: what is the visitor's own may have changed. */
export function mark() {
  at('live').querySelectorAll('li').forEach(function (line) {
    line.classList.toggle('mine', mine(line.item));
  });
}

function text(tag, name, content) {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = content;
  return node;
}

/** With its day, if that is another one: the hub's clock may have been moved on. */
function time(item) {
  const at = new Date(item.at);
  const wanted = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false };
  if (at.toDateString() !== new Date().toDateString()) {
    Object.assign(wanted, { month: 'numeric', day: 'numeric' });
  }
  const node = text('time', '', at.toLocaleString(korean ? 'ko-KR' : 'en-GB', wanted));
  node.dateTime = item.at;
  return node;
}

function body(item) {
  const sent = { imp_uid: item.imp_uid, merchant_uid: item.merchant_uid, status: item.status };
  if (item.cancellation_id) {
    sent.cancellation_id = item.cancellation_id;
  }
  return JSON.stringify(sent, null, 2);
}

function webhook(item) {
  const details = document.createElement('details');
  const outcome = item.http ? 'HTTP ' + item.http : say('응답 없음', 'no answer');
  const tries = item.try > 1 ? say(' · ' + item.try + '번째 시도', ' · try ' + item.try) : '';
  details.append(
    text('summary', item.http >= 200 && item.http < 300 ? '' : 'bad', outcome + ' · ' + item.millis + ' ms' + tries),
    text('p', 'to', item.url),
    text('pre', '', body(item)),
    text('p', 'to', item.answer || ''));
  details.querySelector('pre').tabIndex = 0;
  return details;
}

function line(type, item) {
  const node = document.createElement('li');
  node.item = item;
  node.className = type;
  const head = document.createElement('p');
  head.append(
    text('strong', '', type === 'webhook' ? say('웹훅', 'Webhook') : KINDS[item.kind] || item.kind),
    text('span', 'status ' + item.status, item.status),
    time(item));
  node.append(head, text('p', 'uid', item.merchant_uid + ' · ' + item.imp_uid));
  if (type === 'webhook') {
    node.append(webhook(item));
  }
  return node;
}

function take(event) {
  last = event.lastEventId;
  if (seen.has(last)) {
    return;
  }
  seen.add(last);
  const item = JSON.parse(event.data);
  const list = at('live');
  const fresh = line(event.type, item);
  fresh.classList.toggle('mine', mine(item));
  list.prepend(fresh);
  while (list.children.length > MOST) {
    list.lastElementChild.remove();
  }
  at('quiet').hidden = true;
  listeners.forEach(function (heard) { heard(event.type, item); });
}

function connection(state, words) {
  at('connection').className = 'connection ' + state;
  at('connection').textContent = words;
}

function connect() {
  source = new EventSource('/demo/events' + (last ? '?last=' + encodeURIComponent(last) : ''));
  source.addEventListener('open', function () { connection('on', say('연결됨', 'Connected')); });
  source.addEventListener('payment', take);
  source.addEventListener('webhook', take);
  source.addEventListener('error', function () {
    if (!source) {
      return;
    }
    connection('off', say('다시 연결하는 중', 'Reconnecting'));
    // After a refusal a browser does not come again by itself.
    if (source.readyState === EventSource.CLOSED) {
      source = null;
      clearTimeout(leaving);
      leaving = setTimeout(stay, AGAIN);
    }
  });
}

function leave() {
  clearTimeout(leaving);
  if (source) {
    source.close();
    source = null;
  }
}

function stay() {
  clearTimeout(leaving);
  if (!source) {
    connect();
  }
}

// Browsers open six connections to a host: a page that nobody looks at gives its own back. What it misses is told later.
document.addEventListener('visibilitychange', function () {
  clearTimeout(leaving);
  if (document.hidden) {
    leaving = setTimeout(leave, UNSEEN);
  } else {
    stay();
  }
});
window.addEventListener('pagehide', leave);
window.addEventListener('pageshow', stay);
connect();
