// What components need of a script, by attributes: data-opens and data-closes (a dialog), data-copy (its own text) and data-copies (an
// element's), data-said (a toast), .pop.menu (a menu beside the button that opens it).

const SHOWN_FOR = 6000;
const KOREAN = document.documentElement.lang === 'ko';

/** Tells something over the page for a while. */
export function toast(text, kind) {
  const node = document.createElement('div');
  node.className = 'toast ' + (kind || '');
  node.textContent = text;
  place().append(node);
  setTimeout(function () { node.remove(); }, SHOWN_FOR);
}

function place() {
  let found = document.querySelector('.toasts');
  if (!found) {
    found = document.createElement('div');
    found.className = 'toasts';
    found.setAttribute('role', 'status');
    document.body.append(found);
  }
  return found;
}

async function copy(button) {
  const from = document.getElementById(button.dataset.copies);
  const text = from ? from.textContent.trim() : button.dataset.copy;
  if (await copied(text)) {
    toast(button.dataset.done || (KOREAN ? '복사했습니다.' : 'Copied.'), 'good');
    button.classList.add('done');
    setTimeout(function () { button.classList.remove('done'); }, 1500);
  } else if (from) {
    getSelection().selectAllChildren(from);
  } else {
    toast(text);
  }
}

/** By the clipboard, which browsers keep from pages without TLS, or by what came before it. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    // A dialog keeps the focus within itself.
    (document.querySelector('dialog[open]') || document.body).append(field);
    const before = document.activeElement;
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    before?.focus?.({ preventScroll: true });
    return done;
  }
}

document.addEventListener('click', function (event) {
  const pressed = event.target.closest('[data-opens], [data-closes], [data-copy], [data-copies]');
  if (!pressed) {
    return;
  }
  if (pressed.dataset.opens) {
    document.getElementById(pressed.dataset.opens).showModal();
  } else if ('closes' in pressed.dataset) {
    pressed.closest('dialog').close();
  } else {
    copy(pressed);
    pressed.closest('[popover]')?.hidePopover();
  }
});

// A menu opens below its button, or above it where there is no room. It does not follow: what scrolls closes it.
document.addEventListener('toggle', function (event) {
  const menu = event.target;
  if (event.newState !== 'open' || !menu.matches?.('.pop.menu')) {
    return;
  }
  const button = document.querySelector('[popovertarget="' + CSS.escape(menu.id) + '"]').getBoundingClientRect();
  const below = button.bottom + 4;
  const room = document.documentElement.clientHeight - menu.offsetHeight - 8;
  const left = menu.classList.contains('start') ? button.left : button.right - menu.offsetWidth;
  menu.style.top = (below <= room ? below : Math.max(8, button.top - menu.offsetHeight - 4)) + 'px';
  menu.style.left = Math.max(8, Math.min(left, document.documentElement.clientWidth - menu.offsetWidth - 8)) + 'px';
}, true);
document.addEventListener('scroll', function (event) {
  const menu = document.querySelector('.pop.menu:popover-open');
  if (menu && !menu.contains(event.target)) {
    menu.hidePopover();
  }
}, { capture: true, passive: true });

document.querySelectorAll('[data-said]').forEach(function (said) {
  toast(said.textContent.trim(), said.dataset.said);
  said.remove();
});
