// Only while the brake is on: does the work that altcha asks, off the main thread, and puts the result into the form.
(() => {
  const PATIENCE = 8000;
  const bytes = hex => Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16));
  const hex = bits => Array.from(new Uint8Array(bits), byte => byte.toString(16).padStart(2, '0')).join('');

  const solve = async challenge => {
    const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: cost };
    const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
    const tail = new DataView(password.buffer, password.length - 4);
    for (let counter = 0; ; counter++) {
      tail.setUint32(0, counter);
      const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
      const derivedKey = hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
      if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
  };

  // One piece of work at a time; what was begun on an earlier question is used on the last page.
  let work;
  const begin = () => {
    const mark = document.querySelector('[data-challenge]');
    if (mark && !work) work = solve(JSON.parse(mark.dataset.challenge)).catch(() => '');
  };
  begin();
  new MutationObserver(begin).observe(document.body, { childList: true, subtree: true });

  // Hold the form that carries the mark until the work is done, or for a while; without a result it goes all the same.
  addEventListener('submit', async event => {
    const form = event.target;
    const mark = form.querySelector('[data-challenge]');
    if (!mark || form.elements.ticket || !work) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.submitter?.setAttribute('data-sent', '');
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'ticket';
    form.append(field);
    field.value = await Promise.race([work, new Promise(late => setTimeout(late, PATIENCE, ''))]);
    work = undefined;
    // Not within the event that was held: a browser ignores that.
    setTimeout(() => form.requestSubmit(event.submitter));
  }, true);
})();
