// Draws the bars of a table that stands in the page: whoever has no script reads the table.
const drawn = new WeakMap();

function colour(name) {
  const probe = document.querySelector('.ink.' + name);
  return getComputedStyle(probe).color;
}

function rows(box) {
  const table = document.getElementById(box.dataset.table);
  const unit = 10 ** Number(box.dataset.digits);
  return [...table.tBodies[0].rows].map(row => ({
    name: row.cells[0].textContent,
    tick: row.dataset.tick,
    net: Number(row.dataset.net) / unit,
    refunded: Number(row.dataset.refunded) / unit,
    texts: [row.cells[3].textContent, row.cells[2].textContent, row.cells[1].textContent]
  }));
}

function line(label, text) {
  const span = document.createElement('span');
  const value = document.createElement('em');
  value.textContent = text;
  span.append(label, value);
  return span;
}

// What is told of a bar while the pointer is over it.
function telling(box, all) {
  const heads = [...document.getElementById(box.dataset.table).tHead.rows[0].cells].map(cell => cell.textContent);
  const told = document.createElement('div');
  told.className = 'told';
  told.hidden = true;
  return {
    hooks: {
      init: u => u.over.append(told),
      setCursor: u => {
        const at = u.cursor.idx;
        told.hidden = at == null || u.cursor.left < 0;
        if (told.hidden) return;
        const name = document.createElement('b');
        name.textContent = all[at].name;
        told.replaceChildren(name, line(heads[3], all[at].texts[0]), line(heads[2], all[at].texts[1]), line(heads[1], all[at].texts[2]));
        const x = u.valToPos(at, 'x');
        const left = x > u.over.clientWidth / 2 ? x - told.offsetWidth - 14 : x + 14;
        told.style.transform = 'translate(' + Math.max(0, left) + 'px, 6px)';
      }
    }
  };
}

function options(UPlot, box, all) {
  const language = document.documentElement.lang;
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const ink = getComputedStyle(box).color;
  const grid = { stroke: getComputedStyle(box.parentElement).borderTopColor, width: 1 };
  const font = '11px ' + getComputedStyle(box).fontFamily;
  const bars = (size, align) => UPlot.paths.bars({ size, align, radius: 0.15 });
  const each = Math.max(1, Math.ceil(all.length / Math.max(1, Math.floor(box.clientWidth / 64))));
  return {
    width: box.clientWidth - 20,
    height: box.clientHeight - 18,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { x: false, y: false, points: { show: false }, drag: { setScale: false } },
    scales: {
      x: { time: false, range: [-0.6, all.length - 0.4] },
      y: { range: (u, low, high) => [Math.min(0, low), high <= 0 ? 1 : high * 1.08] }
    },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { show: false }, gap: 6, size: 30,
        splits: () => all.map((one, at) => at).filter(at => (all.length - 1 - at) % each === 0),
        values: (u, splits) => splits.map(at => all[at] ? all[at].tick : '') },
      { stroke: ink, font, grid, ticks: { show: false }, gap: 6, size: 56, space: 44,
        values: (u, splits) => splits.map(value => short.format(value)) }
    ],
    series: [
      {},
      { fill: colour('net'), width: 0, paths: bars([0.56, 44], -1), points: { show: false } },
      { fill: colour('refunded'), width: 0, paths: bars([0.16, 12], 1), points: { show: false } }
    ],
    plugins: [telling(box, all)]
  };
}

async function draw(box) {
  const { default: UPlot } = await import(box.dataset.script);
  const all = rows(box);
  drawn.get(box)?.destroy();
  // Both bars of a day together stand over its name.
  const data = [all.map((one, at) => at + 0.2), all.map(one => one.net), all.map(one => one.refunded)];
  drawn.set(box, new UPlot(options(UPlot, box, all), data, box));
  box.dataset.drawn = all.length;
}

const sizes = new ResizeObserver(entries => {
  entries.forEach(entry => {
    if (drawn.has(entry.target)) draw(entry.target);
  });
});

/** Draws what is in the page now. */
export async function drawAll() {
  for (const box of document.querySelectorAll('[data-chart]')) {
    await draw(box);
    sizes.observe(box);
  }
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
document.fonts.ready.then(drawAll);
