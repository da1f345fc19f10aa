// Swagger UI, and a token for it: fetched with the keys, or pasted.
(function () {
  'use strict';
  var lang = document.body.dataset.lang;
  var state = at('state');

  function at(id) {
    return document.getElementById(id);
  }

  var ui = window.SwaggerUIBundle({
    url: '/v3/api-docs?lang=' + lang,
    domNode: at('ui'),
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: 'BaseLayout',
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true
  });

  // Swagger UI has its dark colours behind a class, and speaks English alone.
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function shade() {
    document.documentElement.classList.toggle('dark-mode', dark.matches);
  }
  dark.addEventListener('change', shade);
  shade();

  var KOREAN = {
    'Parameters': '파라미터', 'Responses': '응답', 'Response': '응답', 'Request body': '요청 본문', 'Server response': '서버 응답',
    'Response body': '응답 본문', 'Response headers': '응답 헤더', 'Request duration': '걸린 시간', 'Request URL': '요청 주소', 'Name': '이름', 'Description': '설명',
    'Code': '코드', 'Details': '내용', 'Links': '링크', 'No links': '없음', 'No parameters': '파라미터가 없습니다', 'Try it out ': '직접 호출', 'Try it out': '직접 호출',
    'Cancel': '취소', 'Execute': '호출하기', 'Clear': '지우기', 'Reset': '되돌리기', 'Download': '내려받기', 'Loading...': '불러오는 중…', 'Media type': '형식', 'Controls': '기준:',
    'Example Value': '예시', 'Schema': '구조', 'Send empty value': '빈 값 보내기', 'Available values': '가능한 값', 'Default value': '기본값', 'required': '필수', 'Undocumented': '명세에 없음',
    'Servers': '서버', 'Warning: Deprecated': '더 이상 권장하지 않습니다', 'Media type is': '형식:', 'Response content type': '응답 형식', 'Edit Value': '직접 입력', 'Authorize': '토큰 확인', 'Available authorizations': '토큰', 'Close': '닫기', 'Logout': '지우기'
  };
  function translate(root) {
    var walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      var known = KOREAN[walk.currentNode.nodeValue] || KOREAN[walk.currentNode.nodeValue.trim()];
      if (known && !walk.currentNode.parentElement.closest('pre, code, textarea, .renderedMarkdown')) {
        walk.currentNode.nodeValue = known;
      }
    }
  }
  // What it leaves without a name, or out of the keyboard's reach.
  function name() {
    at('ui').querySelectorAll('.operation-filter-input:not([aria-label])').forEach(function (field) {
      var label = lang === 'ko' ? '분류나 경로로 찾기' : field.placeholder;
      field.setAttribute('aria-label', label);
      field.placeholder = label;
    });
    at('ui').querySelectorAll('select:not([aria-label])').forEach(function (field) {
      var row = field.closest('tr[data-param-name]');
      field.setAttribute('aria-label', row ? row.dataset.paramName : lang === 'ko' ? '형식' : 'Format');
    });
    at('ui').querySelectorAll('pre:not([tabindex])').forEach(function (text) { text.tabIndex = 0; });
    // A link in a button: the button does the same.
    at('ui').querySelectorAll('button.opblock-summary-control a[href]').forEach(function (link) { link.removeAttribute('href'); });
    if (lang === 'ko') {
      translate(at('ui'));
    }
  }
  new MutationObserver(name).observe(at('ui'), { childList: true, subtree: true, characterData: true });

  function use(token, words) {
    ui.preauthorizeApiKey('token', token);
    state.textContent = words;
    state.className = 'used';
  }

  function refuse(words) {
    state.textContent = words;
    state.className = 'refused';
  }

  at('fetch').addEventListener('submit', function (event) {
    event.preventDefault();
    fetch('/users/getToken', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ imp_key: at('key').value, imp_secret: at('secret').value }),
      cache: 'no-store'
    })
      .then(function (response) { return response.json(); })
      .then(function (answer) {
        if (answer.code !== 0) {
          refuse(answer.message);
          return;
        }
        var until = new Date(answer.response.expired_at * 1000);
        use(answer.response.access_token, state.dataset.until +
          until.toLocaleTimeString(lang === 'ko' ? 'ko-KR' : 'en-GB'));
      })
      .catch(function () { refuse(state.dataset.away); });
  });

  at('paste').addEventListener('submit', function (event) {
    event.preventDefault();
    use(at('token').value.trim(), state.dataset.used);
  });

  // A sandbox's keys are public: nobody should have to look them up.
  if (document.body.dataset.sandbox === 'true') {
    fetch('/sandbox/cards.json', { cache: 'no-store' })
      .then(function (response) { return response.json(); })
      .then(function (shop) {
        at('key').value = at('key').value || shop.keys[0];
        at('secret').value = at('secret').value || shop.secret;
      })
      .catch(function () {});
  }
})();
