// The shop's server: what it is asked to do, and the same as a line for a terminal.
import { data, say, show } from './page.js';

const CALLS = JSON.parse(data.calls);
const TOKEN =
  'TOKEN=$(curl -s ' + data.base + '/users/getToken -d imp_key=' + data.key + ' \\\n  -d imp_secret=' + data.secret +
  " \\\n  | sed 's/.*\"access_token\":\"\\([0-9a-f]*\\)\".*/\\1/')\n";

function quoted(text) {
  return "'" + text.replace(/'/g, "'\\''") + "'";
}

/** The call as a terminal takes it; with its token if it is to be complete. */
export function curl(name, asked, complete) {
  const call = CALLS[name];
  const given = asked.id || '';
  // An id that is not known yet stays as it is written.
  const id = given.indexOf('…') >= 0 ? given : encodeURIComponent(given).replace(/'/g, '%27');
  const path = call.path.replace('{id}', id);
  const lines = ['curl -s' + (call.method === 'GET' ? '' : ' -X ' + call.method) + ' ' + quoted(data.base + path).replace(/^'([\w:/.%~…-]*)'$/, '$1')];
  if (call.token) {
    lines.push('  -H "Authorization: $TOKEN"');
  }
  if (asked.body) {
    lines.push("  -H 'Content-Type: application/json'");
    lines.push('  -d ' + quoted(JSON.stringify(asked.body, null, 2)));
  }
  return (complete && call.token ? TOKEN : '') + lines.join(' \\\n');
}

export function preview(box, name, asked) {
  show(box, curl(name, asked, false), curl(name, asked, true));
}

export function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': data.csrf },
    body: JSON.stringify(body),
    cache: 'no-store'
  }).then(
    function (response) {
      return response.json().then(function (answered) {
        if (!response.ok || answered.answer === undefined) {
          throw new Error(answered.message || say('요청을 처리하지 못했습니다.', 'The request failed.'));
        }
        return answered;
      });
    },
    function () {
      throw new Error(say('서버에 연결할 수 없습니다. 나루가 실행 중인지 확인해 주세요.', 'The server cannot be reached. Is Naru running?'));
    }
  );
}

/** Does it, and shows what was done; answers {status, answer}. */
export function server(name, asked, box) {
  if (box) {
    preview(box, name, asked);
  }
  return post('/demo/calls/' + name, asked);
}

/** V1's envelope tells by its code what the HTTP status does not. */
export function response(answered) {
  const envelope = answered.answer;
  if (envelope && envelope.code !== 0) {
    throw new Error(envelope.message || 'code ' + envelope.code);
  }
  return envelope.response;
}
