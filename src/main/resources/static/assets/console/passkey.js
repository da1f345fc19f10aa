// Has the browser make or use a passkey, and posts what it says.
(() => {
  const bytes = text => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
  const ascii = text => new TextEncoder().encode(text);
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const keys = known => (known || '').split(' ').filter(id => id)
    .map(id => ({type: 'public-key', id: bytes(id)}));

  const options = {
    get: asked => ({
      challenge: ascii(asked.challenge), rpId: asked.host, userVerification: 'required',
      allowCredentials: keys(asked.known)
    }),
    create: asked => ({
      challenge: ascii(asked.challenge), rp: {id: asked.host, name: 'Naru'},
      user: {id: ascii(asked.user), name: asked.email, displayName: asked.name},
      pubKeyCredParams: [-8, -7, -257].map(alg => ({type: 'public-key', alg})),
      authenticatorSelection: {residentKey: 'required', userVerification: 'required'},
      excludeCredentials: keys(asked.known)
    })
  };

  const answer = made => {
    const response = {};
    for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response,
      clientExtensionResults: made.getClientExtensionResults()
    });
  };

  const say = (form, why) => {
    const note = form.querySelector('.note');
    note.textContent = note.dataset[why];
    note.hidden = false;
  };

  for (const form of document.querySelectorAll('form.passkey')) {
    const able = 'PublicKeyCredential' in window;
    form.hidden = !able && form.dataset.do === 'get';
    form.addEventListener('submit', async event => {
      event.preventDefault();
      if (!able) return say(form, 'cannot');
      try {
        const publicKey = options[form.dataset.do](form.dataset);
        form.elements.answer.value = answer(await navigator.credentials[form.dataset.do]({publicKey}));
        form.submit();
      } catch (no) {
        say(form, no.name === 'SecurityError' ? 'cannot' : 'no');
      }
    });
  }
})();
