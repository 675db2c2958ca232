// Answers with a passkey, or makes one: what is asked stands in the page, the answer goes into a field of its form.
(() => {
  const button = document.querySelector('[data-passkey], [data-new-passkey]');
  if (!button || !window.PublicKeyCredential) return;
  const { passkey, host, newPasskey } = button.dataset;
  const { form } = button;
  const failed = document.querySelector('[data-passkey-failed]');
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  const text = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

  const make = () => {
    const publicKey = JSON.parse(newPasskey);
    publicKey.challenge = bytes(publicKey.challenge);
    publicKey.user.id = bytes(publicKey.user.id);
    publicKey.excludeCredentials.forEach(known => { known.id = bytes(known.id); });
    return navigator.credentials.create({ publicKey });
  };
  // No list of passkeys: the page must not tell whose account has one.
  const answer = () => navigator.credentials.get({
    publicKey: { challenge: bytes(passkey), rpId: host, userVerification: 'preferred' },
  });

  button.addEventListener('click', async () => {
    // The six digits may stay empty; everything else is needed first.
    const needed = [...form.elements].filter(field => field.required && field.name !== 'code');
    if (!needed.every(field => field.reportValidity())) return;
    failed.hidden = true;
    button.disabled = true;
    try {
      const { id, rawId, type, response } = await (newPasskey ? make() : answer());
      const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = response;
      form.elements.credential.value = JSON.stringify({ id, rawId: text(rawId), type, response: {
        clientDataJSON: text(clientDataJSON),
        attestationObject: text(attestationObject),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        userHandle: text(userHandle),
      } });
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
    }
  });
  document.querySelectorAll('[data-passkey-part]').forEach(part => { part.hidden = false; });
})();
