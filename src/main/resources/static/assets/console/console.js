// htmx sends the token that forms have in them.
document.addEventListener('htmx:configRequest', event => {
  const token = document.querySelector('meta[name="form-token"]');
  if (token) event.detail.headers['X-CSRF-TOKEN'] = token.content;
});
