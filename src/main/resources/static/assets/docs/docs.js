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
