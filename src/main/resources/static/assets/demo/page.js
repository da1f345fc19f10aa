// What every part of the page uses: its language, its data, the boxes that show code and answers.
export const data = document.body.dataset;
export const korean = data.lang === 'ko';
let ahead = Number(data.ahead) || 0;

export function say(ko, en) {
  return korean ? ko : en;
}

export function at(id) {
  return document.getElementById(id);
}

/** UNIX seconds of the hub, whose clock may have been moved on. */
export function now() {
  return Math.floor(Date.now() / 1000) + ahead;
}

export function moved(seconds) {
  ahead = seconds;
}

export function won(amount) {
  const number = Number(amount).toLocaleString('ko-KR');
  return say(number + '원', 'KRW ' + number);
}

export function newOrder(prefix) {
  return prefix + '-' + Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
}

export function problem(text) {
  at('problem').textContent = text || '';
  at('problem').hidden = !text;
  if (text) {
    told('failed', text);
    at('problem').scrollIntoView({ block: 'nearest' });
  } else if (at('told').classList.contains('failed')) {
    told('', '');
  }
}

/** Beside the button, where the visitor looks: what became of what they pressed. */
export function told(kind, text) {
  at('told').textContent = text || '';
  at('told').className = 'told ' + kind;
  at('told').hidden = !text;
}

export function status(id, value) {
  const pill = at(id);
  pill.textContent = value || '';
  pill.className = 'status ' + (value || '');
  pill.hidden = !value;
}

/** Unlike one that is disabled, such a button keeps the focus, and is found by who cannot see it. */
export function off(id, value) {
  at(id).setAttribute('aria-disabled', String(Boolean(value)));
}

export function isOff(id) {
  return at(id).getAttribute('aria-disabled') === 'true';
}

export function onPress(id, work) {
  at(id).addEventListener('click', function () {
    if (!isOff(id)) {
      problem('');
      work();
    }
  });
}

const KINDS = {
  browser: say('브라우저 · JavaScript', 'Browser · JavaScript'),
  server: say('상점 서버 · curl', 'Shop’s server · curl'),
  bank: say('은행(시뮬레이터) · curl', 'Bank (simulator) · curl'),
  answer: say('응답', 'Answer')
};
const boxes = {};

/** What the clipboard gets is complete: it begins with the token that the call needs. */
function copy(button, text) {
  const done = function () {
    button.textContent = say('복사됨', 'Copied');
    setTimeout(function () { button.textContent = say('복사', 'Copy'); }, 1500);
  };
  if (navigator.clipboard) {
    navigator.clipboard.writeText(text).then(done, function () { select(text, done); });
  } else {
    select(text, done);
  }
}

/** Where there is no clipboard: pages that came neither by HTTPS nor from this machine. */
function select(text, done) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'hidden-copy';
  document.body.append(area);
  area.select();
  if (document.execCommand('copy')) {
    done();
  }
  area.remove();
}

function build(holder) {
  const id = holder.dataset.box;
  const kind = holder.dataset.kind;
  const bar = document.createElement('div');
  bar.className = 'bar';
  const label = document.createElement('span');
  label.textContent = KINDS[kind];
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = say('복사', 'Copy');
  const text = document.createElement('pre');
  text.id = id;
  text.tabIndex = 0;
  text.setAttribute('role', 'region');
  const title = holder.closest('article').querySelector('h2 span').textContent;
  text.setAttribute('aria-label', title + ' · ' + KINDS[kind]);
  button.setAttribute('aria-label', say('복사', 'Copy') + ': ' + title + ' · ' + KINDS[kind]);
  if (kind === 'answer') {
    text.setAttribute('aria-live', 'polite');
    holder.hidden = true;
  }
  holder.classList.add('box', kind);
  bar.append(label, button);
  holder.append(bar, text);
  boxes[id] = { holder: holder, text: text, copied: '' };
  button.addEventListener('click', function () { copy(button, boxes[id].copied); });
}

document.querySelectorAll('[data-box]').forEach(build);

/** Everything is shown as text, whatever stands in it. */
export function show(id, text, copied) {
  const box = boxes[id];
  if (!box) {
    return;
  }
  box.text.textContent = text;
  box.copied = copied === undefined ? text : copied;
  box.holder.hidden = !text;
}

export function showJson(id, value) {
  show(id, JSON.stringify(value, null, 2));
}
