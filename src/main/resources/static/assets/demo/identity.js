// Who somebody is: by a code, by the carrier's app, by a window.
import { at, data, isOff, korean, newOrder, off, onPress, problem, say, show, showJson, status, told } from './page.js';
import { preview, response, server } from './server.js';
import { channel, keep, kept } from './order.js';
import { script } from './script.js';

let open = null;

function way() {
  return document.querySelector('input[name=way]:checked').value;
}

/** What the channel can do, and the SDK. */
function offered(one) {
  const can = channel().can;
  return one === 'WINDOW'
    ? can.indexOf('IdentityWindow') >= 0 && typeof window.IMP.certification === 'function'
    : can.indexOf(one === 'APP' ? 'IdentityApp' : 'IdentityOtp') >= 0;
}

function person() {
  return {
    channel_key: channel().key,
    name: at('person-name').value,
    phone: at('person-phone').value,
    birth: at('person-birth').value,
    gender_digit: at('person-digit').value,
    carrier: at('person-carrier').value,
    company: say('나루찻집', 'Naru Tea'),
    verification_method: way()
  };
}

function windowParams() {
  const asked = { channelKey: channel().key, merchant_uid: newOrder('join'), company: data.base, name: at('person-name').value, phone: at('person-phone').value };
  if (/Mobile/.test(navigator.userAgent)) {
    asked.m_redirect_url = window.location.origin + '/demo?flow=identity&lang=' + (korean ? 'ko' : 'en');
  }
  return asked;
}

function showWays() {
  const labels = Array.from(document.querySelectorAll('#ways label'));
  labels.forEach(function (label) { label.hidden = !offered(label.dataset.way); });
  const possible = labels.filter(function (label) { return !label.hidden; });
  if (possible.length && !possible.some(function (label) { return label.dataset.way === way(); })) {
    possible[0].querySelector('input').checked = true;
  }
  at('ways').hidden = possible.length < 2;
  document.querySelectorAll('[data-ways]').forEach(function (part) {
    part.hidden = part.dataset.ways.split(' ').indexOf(way()) < 0;
  });
}

function refreshForm() {
  showWays();
  at('pay').textContent = way() === 'SMS' ? say('인증번호 받기', 'Send a code')
    : way() === 'APP' ? say('앱으로 인증 요청', 'Ask by the app') : say('본인인증하기', 'Verify');
  at('confirm').textContent = way() === 'APP' ? say('승인 확인', 'Look whether it was approved') : say('인증번호 확인', 'Confirm');
  if (way() === 'WINDOW') {
    showCode(windowParams());
  } else if (!open) {
    preview('call-otp', 'otp_request', { body: person() });
  }
}

function showCode(asked) {
  show('code', script('certification', asked, say('서버에 imp_uid를 보내 인증 결과를 조회합니다.', 'Send imp_uid to your server, which reads the result.')));
}

function confirmation() {
  const asked = { id: open ? open.imp_uid : 'imp_…', body: {} };
  if (way() === 'SMS') {
    asked.body.otp = at('otp').value;
  }
  return asked;
}

function clear() {
  open = null;
  status('status', '');
  told('', '');
  ['otp-answer', 'certification', 'result'].forEach(function (box) { show(box, ''); });
  at('otp').value = '';
  off('confirm', true);
  off('tap', true);
}

function request() {
  clear();
  const body = person();
  return server('otp_request', { body: body }, 'call-otp')
    .then(function (answered) {
      showJson('otp-answer', answered.answer);
      open = { imp_uid: response(answered).imp_uid };
      preview('call-certification', 'certification', { id: open.imp_uid });
      return server('outbox', { id: body.phone.replace(/[^0-9]/g, '') });
    })
    .then(function (answered) {
      const message = answered.answer[0] || {};
      open.message = message.id;
      at('phone').textContent = message.text || say('받은 문자가 없습니다.', 'No message.');
      at('otp').value = message.code || '';
      off('confirm', false);
      off('tap', false);
      preview('call-confirm', 'otp_confirm', confirmation());
    });
}

function read(impUid) {
  return server('certification', { id: impUid }, 'call-certification').then(function (answered) {
    showJson('certification', answered.answer);
    const certified = response(answered).certified;
    status('status', certified ? 'certified' : 'failed');
    told(certified ? 'paid' : 'failed', certified ? say('본인인증이 완료되었습니다.', 'The identity is verified.') : say('본인인증이 되지 않았습니다.', 'The identity is not verified.'));
  });
}

function submit(event) {
  event.preventDefault();
  if (isOff('pay')) {
    return;
  }
  problem('');
  off('pay', true);
  if (way() !== 'WINDOW') {
    request().catch(function (error) { problem(error.message); }).then(function () { off('pay', false); });
    return;
  }
  clear();
  const asked = windowParams();
  Object.assign(kept, { channel: channel().key, asked: asked });
  keep();
  showCode(asked);
  window.IMP.certification(asked, returned);
}

function returned(result) {
  off('pay', false);
  showJson('result', result);
  if (!result.imp_uid) {
    problem(result.error_msg);
    return;
  }
  read(result.imp_uid).catch(function (error) { problem(error.message); });
}

/** The way back of the mobile presentation. */
function back() {
  const query = new URLSearchParams(window.location.search);
  if (query.has('imp_uid')) {
    query.delete('lang');
    query.delete('flow');
    history.replaceState(null, '', '/demo?flow=identity&lang=' + (korean ? 'ko' : 'en'));
    if (kept.asked) {
      at('channel').value = kept.channel;
      document.querySelector('input[value=WINDOW]').checked = true;
      refreshForm();
      showCode(kept.asked);
    }
    returned(Object.fromEntries(query));
  }
}

export function start() {
  window.IMP.init(data.userCode);
  at('order').addEventListener('submit', submit);
  at('order').addEventListener('input', function () {
    clear();
    refreshForm();
  });
  at('otp').addEventListener('input', function () { preview('call-confirm', 'otp_confirm', confirmation()); });
  onPress('tap', function () {
    server('tap', { id: open.message }).then(
      function () { off('tap', true); },
      function (error) { problem(error.message); });
  });
  onPress('confirm', function () {
    off('confirm', true);
    server('otp_confirm', confirmation(), 'call-confirm')
      .then(function (answered) {
        if (answered.answer.code !== 0) {
          showJson('certification', answered.answer);
        }
        response(answered);
        return read(open.imp_uid);
      })
      .catch(function (error) {
        problem(error.message);
        off('confirm', false);
      });
  });
  window.addEventListener('pageshow', function () { off('pay', false); });
  refreshForm();
  preview('call-confirm', 'otp_confirm', confirmation());
  preview('call-certification', 'certification', { id: 'imp_…' });
  back();
}
