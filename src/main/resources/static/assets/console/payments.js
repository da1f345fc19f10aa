// The list of payments: its filter is sent when something is ticked, and its columns are each reader's own, kept by the browser.

const KEPT = 'naru.payments.columns';

// The filter

const filter = document.getElementById('filter');

function exact(counts) {
  filter.querySelector('[popovertarget="f-exact"]').classList.toggle('chosen', counts);
}

// Of two ways to say when, the one that was used last counts.
document.addEventListener('submit', function (event) {
  if (event.target === filter && event.submitter?.value === 'exact') {
    filter.querySelectorAll('[name="period"]:checked').forEach(function (preset) { preset.checked = false; });
    event.submitter.closest('[popover]').hidePopover();
    exact(true);
  }
}, true);

document.addEventListener('change', function (event) {
  const field = event.target;
  if (field.form !== filter || !field.matches('select, [type="checkbox"], [type="radio"]')) {
    return;
  }
  if (field.name === 'period') {
    filter.querySelectorAll('[data-exact] input').forEach(function (time) { time.value = ''; });
    exact(false);
  }
  // Where to search means nothing while nothing is searched for.
  if (field.name !== 'in' || filter.elements.q.value) {
    filter.requestSubmit();
  }
});

// Columns

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(found?.order) && Array.isArray(found?.off) ? found : null;
  } catch {
    return null;
  }
}

function keep(choice) {
  try {
    if (choice) {
      localStorage.setItem(KEPT, JSON.stringify(choice));
    } else {
      localStorage.removeItem(KEPT);
    }
  } catch {
    // A browser that keeps nothing shows them until the page is left.
  }
}

/** As the page has them, before anybody chose. */
function usual(table) {
  const heads = [...table.tHead.rows[0].querySelectorAll('[data-col]')];
  return {
    order: heads.map(function (head) { return head.dataset.col; }),
    off: heads.filter(function (head) { return 'off' in head.dataset; }).map(function (head) { return head.dataset.col; })
  };
}

/** What was chosen, with columns at its end that there were none of then. */
function chosen(table) {
  const all = table.usual;
  const own = kept();
  if (!own) {
    return { order: [...all.order], off: [...all.off] };
  }
  const order = own.order.filter(function (name) { return all.order.includes(name); });
  const fresh = all.order.filter(function (name) { return !order.includes(name); });
  return { order: order.concat(fresh), off: own.off };
}

function arrange(table, choice) {
  const wide = matchMedia('(min-width: 721px)').matches;
  for (const row of table.rows) {
    const cells = new Map([...row.querySelectorAll('[data-col]')].map(function (cell) { return [cell.dataset.col, cell]; }));
    const last = row.lastElementChild;
    const order = wide ? choice.order : table.usual.order;
    const off = wide ? choice.off : table.usual.off;
    order.forEach(function (name) {
      const cell = cells.get(name);
      if (cell) {
        cell.hidden = off.includes(name);
        row.insertBefore(cell, last);
      }
    });
  }
}

function button(icon, label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn quiet icon small';
  made.setAttribute('aria-label', label);
  made.innerHTML = '<svg class="i small" aria-hidden="true"><use href="/assets/look/icons.svg#' + icon + '"></use></svg>';
  made.addEventListener('click', act);
  return made;
}

function offer(table, box) {
  const choice = chosen(table);
  const list = document.createElement('ul');
  function change(focus) {
    keep(choice);
    arrange(table, choice);
    offer(table, box);
    box.querySelector(focus)?.focus();
  }
  choice.order.forEach(function (name, at) {
    const title = table.tHead.querySelector('[data-col="' + name + '"]').textContent.trim();
    const item = document.createElement('li');
    const label = document.createElement('label');
    label.className = 'check';
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.dataset.column = name;
    tick.checked = !choice.off.includes(name);
    // A row is opened by its order.
    tick.disabled = name === 'order';
    tick.addEventListener('change', function () {
      choice.off = tick.checked ? choice.off.filter(function (one) { return one !== name; }) : choice.off.concat(name);
      change('[data-column="' + name + '"]');
    });
    const said = document.createElement('span');
    said.textContent = title;
    label.append(tick, said);
    function move(by) {
      const to = at + by;
      if (to >= 0 && to < choice.order.length) {
        choice.order.splice(to, 0, choice.order.splice(at, 1)[0]);
        change('li:nth-child(' + (to + 1) + ') ' + (by < 0 ? 'button' : 'button:last-child'));
      }
    }
    item.append(label,
      button('up', title + ': ' + box.dataset.up, function () { move(-1); }),
      button('down', title + ': ' + box.dataset.down, function () { move(1); }));
    list.append(item);
  });
  const back = document.createElement('button');
  back.type = 'button';
  back.className = 'btn quiet';
  back.textContent = box.dataset.usual;
  back.addEventListener('click', function () {
    keep(null);
    arrange(table, table.usual);
    offer(table, box);
  });
  box.replaceChildren(list, document.createElement('hr'), back);
}

function begin() {
  const table = document.getElementById('payments');
  if (table && !table.usual) {
    table.usual = usual(table);
    arrange(table, chosen(table));
    offer(table, document.getElementById('columns'));
    document.querySelector('[data-columns-for]').hidden = false;
  }
}

begin();
document.addEventListener('htmx:afterSwap', begin);
matchMedia('(min-width: 721px)').addEventListener('change', function () {
  const table = document.getElementById('payments');
  if (table) {
    arrange(table, chosen(table));
  }
});

// The page in the other language is the list as it is now.
document.addEventListener('htmx:pushedIntoHistory', function () {
  document.querySelectorAll('a[href^="/console/language"]').forEach(function (link) {
    const to = new URL(link.href);
    to.searchParams.set('next', location.pathname + location.search);
    link.href = to.pathname + to.search;
  });
});
