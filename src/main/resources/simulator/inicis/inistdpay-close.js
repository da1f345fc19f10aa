// For the merchant's closeUrl page, which shows inside the overlay: takes the overlay away.
(function () {
  'use strict';
  try {
    if (window.parent !== window && window.parent.INIStdPay) {
      window.parent.INIStdPay.viewOff();
    }
  } catch (error) {
    // Another origin: the page must close itself in its own way.
  }
})();
