// Keys of pages with a menu; the dialog #keys tells them. Nothing is a key while somebody writes, or with a dialog or menu open.

/** The links by which rows are opened, or that of `data-row` in a row with several. */
function rows() {
  return [...document.querySelectorAll('table.rows tbody tr')]
    .map(function (row) { return row.querySelector('a[data-row]') || row.querySelector('a[href]'); })
    .filter(function (link) { return link && link.checkVisibility(); });
}

function step(by) {
  const links = rows();
  const row = document.activeElement.closest('table.rows tbody tr');
  const now = row ? links.findIndex(function (link) { return row.contains(link); }) : -1;
  const next = now < 0 ? 0 : Math.max(0, Math.min(links.length - 1, now + by));
  links[next]?.focus();
}

function turn(rel) {
  document.querySelector('main a[rel="' + rel + '"]')?.click();
}

const KEYS = {
  '/': function () { document.querySelector('.find .input')?.focus(); },
  j: function () { step(1); },
  k: function () { step(-1); },
  n: function () { turn('next'); },
  p: function () { turn('prev'); },
  '?': function () { document.getElementById('keys')?.showModal(); }
};

document.addEventListener('keydown', function (event) {
  const writes = event.target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');
  const busy = document.querySelector('dialog[open], [popover]:popover-open');
  const key = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (key && !writes && !busy && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing) {
    event.preventDefault();
    key();
  }
});
