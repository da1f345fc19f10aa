// Shares of a group: what they come to, while they are written.
for (const form of document.querySelectorAll('form[data-sum]')) {
  const line = form.querySelector('[data-sum-line]');
  const told = form.querySelector('[data-sum-of]');
  const add = () => {
    const sum = [...form.querySelectorAll('[data-percent]')].reduce((all, one) => all + (Number(one.value) || 0), 0);
    told.textContent = sum + '%';
    told.className = 'tag ' + (sum === 100 ? 'good' : 'warn');
  };
  line.hidden = false;
  form.addEventListener('input', add);
  add();
}
