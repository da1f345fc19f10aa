// Keeps the home page up to date: it is told that something happened, and asks for what it may see.
import { drawAll } from './chart.js';

const PARTS = ['steps', 'kpis', 'sales', 'todo', 'parts', 'latest'];
const PAUSE = 1500;
const state = document.getElementById('live');
let asked = false;
let last = 0;

function shows(name) {
  state.classList.toggle('on', name === 'on');
  state.classList.toggle('off', name !== 'on');
  state.firstElementChild.textContent = state.dataset[name];
}

function marks(before) {
  document.querySelectorAll('#latest tr[data-uid]').forEach(row => {
    row.classList.toggle('fresh', before.get(row.dataset.uid) !== row.dataset.state);
  });
}

function seen() {
  return new Map([...document.querySelectorAll('#latest tr[data-uid]')].map(row => [row.dataset.uid, row.dataset.state]));
}

async function refresh() {
  asked = false;
  last = Date.now();
  const answer = await fetch('/console/live/home' + location.search, { headers: { 'HX-Request': 'true' } });
  if (!answer.ok || answer.redirected || answer.status === 204) return;
  const now = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const before = seen();
  const open = document.querySelector('.behind')?.open;
  PARTS.forEach(id => {
    const old = document.getElementById(id);
    const fresh = now.getElementById(id);
    if (old && fresh && !old.contains(document.activeElement)) old.replaceWith(fresh);
  });
  const behind = document.querySelector('.behind');
  if (behind) behind.open = open;
  marks(before);
  drawAll();
}

function happened() {
  if (asked) return;
  asked = true;
  setTimeout(refresh, Math.max(0, last + PAUSE - Date.now()));
}

if (state) {
  const events = new EventSource('/console/live');
  events.addEventListener('open', () => shows('on'));
  events.addEventListener('payment', happened);
  events.addEventListener('over', () => {
    events.close();
    shows('over');
  });
  events.addEventListener('error', () => shows('off'));
}
