// Begins the payment of a link: one button per method, or by itself if there is but one way.
(function () {
  'use strict';
  // Closing a PG's window may lead here within a frame of the bridge: that page moves instead of this.
  if (window.parent !== window && window.parent.naruBridge === true) {
    window.parent.location.replace(window.location.href);
    return;
  }
  var page = document.getElementById('link');
  var problem = document.getElementById('problem');
  var buttons = Array.prototype.slice.call(document.querySelectorAll('[data-method]'));

  var wait = document.getElementById('wait');
  var waiting = false;

  // Not disabled: that would take the focus away from whoever pressed it.
  function busy(is) {
    waiting = is;
    wait.textContent = is ? wait.dataset.wait : '';
    buttons.forEach(function (button) {
      button.setAttribute('aria-disabled', String(is));
    });
  }

  function tell(text) {
    problem.textContent = text;
    problem.hidden = false;
    busy(false);
  }

  function pay(method) {
    if (waiting) {
      return;
    }
    busy(true);
    problem.hidden = true;
    fetch(window.location.pathname.replace(/\/+$/, '') + '/pay', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ method: method })
    }).then(function (answer) {
      return answer.json();
    }).then(function (body) {
      if (body.url) {
        window.location.assign(body.url);
      } else {
        tell(body.message || problem.dataset.lost);
      }
    }).catch(function () {
      tell(problem.dataset.lost);
    });
  }

  buttons.forEach(function (button) {
    button.addEventListener('click', function () {
      pay(Number(button.dataset.method));
    });
    button.disabled = false;
  });
  // Whoever comes back by the back button did not ask for another window.
  window.addEventListener('pageshow', function (shown) {
    if (shown.persisted) {
      window.location.reload();
    }
  });
  var arrival = performance.getEntriesByType('navigation')[0];
  if (page.dataset.direct === 'true' && arrival && arrival.type === 'navigate') {
    pay(0);
  }
})();
