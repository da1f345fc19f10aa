// Follows a file as it arrives: how much has come, and whether all of it has. Without it the browser downloads the file by itself.
import { toast } from '/assets/look/look.js';

const LINE = 10;
const form = document.getElementById('export');
const place = form.querySelector('.progress');
const bar = place.querySelector('progress');
const said = place.querySelector('p');
const rows = Number(form.dataset.rows);

function size(bytes) {
  return bytes < 1e6 ? Math.ceil(bytes / 1e3) + ' kB' : (bytes / 1e6).toFixed(1) + ' MB';
}

/** Lines of a text are its rows, but for its heading; a workbook is packed, and says nothing of them. */
function show(bytes, lines) {
  let text = form.dataset.doing + ' ' + size(bytes);
  if (lines !== null) {
    const come = Math.max(0, lines - 1);
    text += ' · ' + come.toLocaleString() + (rows ? ' / ' + rows.toLocaleString() : '') + ' ' + form.dataset.rowsSaid;
    if (rows) {
      bar.max = rows;
      bar.value = Math.min(come, rows);
    }
  }
  said.textContent = text;
}

async function read(answer, counts) {
  const reader = answer.body.getReader();
  const parts = [];
  let bytes = 0;
  let lines = counts ? 0 : null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return new Blob(parts, { type: answer.headers.get('Content-Type') });
    }
    parts.push(value);
    bytes += value.length;
    if (counts) {
      lines += value.reduce(function (sum, one) { return one === LINE ? sum + 1 : sum; }, 0);
    }
    show(bytes, lines);
  }
}

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
}

form.addEventListener('submit', async function (event) {
  event.preventDefault();
  const button = form.querySelector('button.primary');
  const wish = new FormData(form);
  button.disabled = true;
  bar.removeAttribute('value');
  place.hidden = false;
  said.textContent = form.dataset.doing;
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(wish) });
    const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') || '');
    if (!answer.ok || !name) {
      throw new Error('refused');
    }
    save(await read(answer, wish.get('format') === 'CSV'), name[1]);
    bar.max = 1;
    bar.value = 1;
    said.textContent = form.dataset.done;
    toast(form.dataset.done, 'good');
  } catch {
    bar.value = 0;
    said.textContent = form.dataset.failed;
    toast(form.dataset.failed, 'bad');
  }
  button.disabled = false;
});
