// A form is sent once: its buttons lock when one is pressed, until the page is left or comes back.
(function () {
  'use strict';
  function lock(form, locked) {
    form.toggleAttribute('data-sent', locked);
    form.querySelectorAll('button').forEach(function (button) {
      button.disabled = locked;
    });
  }
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.hasAttribute('data-sent')) {
      event.preventDefault();
      return;
    }
    form.setAttribute('data-sent', '');
    // After the form's data were taken: a locked button would not be among them.
    setTimeout(function () {
      lock(form, true);
    }, 0);
  });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      document.querySelectorAll('form').forEach(function (form) {
        lock(form, false);
      });
    }
  });
})();
