// The page works without this script; with it, a tap changes the question in place, so that Back leads away at once.
// It stores nothing: no cookie, no storage, no cache, and it asks nobody but this site.
(() => {
  const { body, documentElement: root } = document;
  const speech = window.speechSynthesis;
  const find = (selector, place = document) => place.querySelector(selector);
  const each = (selector, work) => document.querySelectorAll(selector).forEach(work);
  let gone, sending, timer, isPatient, tabs;
  let shifts = [];

  // Leaving: empty the page first, because the next one may be slow. Other tabs of ours leave along.
  const leave = message => {
    gone = true;
    sending?.abort();
    speech?.cancel();
    document.title = '\u2026';
    root.style.background = '#fff';
    body.hidden = true;
    body.replaceChildren();
    if (!message) tabs?.postMessage(0);
    location.replace('/w');
  };
  try {
    tabs = new BroadcastChannel('w');
    tabs.onmessage = leave;
  } catch {
    // An old browser, or one that lets tabs know nothing of each other: each leaves by itself.
  }
  addEventListener('keyup', event => {
    shifts = event.key === 'Shift' ? [...shifts, event.timeStamp].slice(-3) : [];
    if (shifts.length > 2 && shifts[2] - shifts[0] < 2000 && find('.exit')) leave();
  });

  // The picture of this page among the open apps, and a page that comes back from the browser's memory, show nothing.
  const cover = () => {
    body.style.opacity = gone || document.hidden ? 0 : '';
    if (document.hidden) speech?.cancel();
  };
  document.addEventListener('visibilitychange', cover);
  addEventListener('pagehide', () => speech?.cancel());
  addEventListener('pageshow', event => {
    if (!event.persisted) return;
    gone = true;
    cover();
    location.reload();
  });

  const focusOn = element => {
    if (!element) return;
    element.tabIndex = -1;
    // Read on from the top: help for danger stands above the question that has the focus.
    element.focus({ preventScroll: true });
  };

  // Something went wrong: say so above the form and leave what was typed where it is.
  const tell = (...nodes) => {
    const old = find('.notice--sent');
    if (old && isPatient) return;
    old?.remove();
    const notice = document.createElement('div');
    notice.className = 'notice notice--warn notice--sent';
    notice.setAttribute('role', 'alert');
    notice.append(...nodes);
    find('main').prepend(notice);
    scrollTo(0, 0);
    focusOn(notice);
  };
  const tellOffline = () => tell(body.dataset.offline);

  // Reading aloud: only with a voice that lives on the device, so that no text goes to whoever offers the voice.
  const language = tag => tag.split(/[-_]/)[0].toLowerCase();
  const voice = () => speech?.getVoices().find(one => one.localService && language(one.lang) === language(root.lang));
  const offerVoice = () => each('[data-aloud]', button => { button.hidden = !voice(); });
  const readAloud = () => {
    const isReading = speech.speaking;
    speech.cancel();
    if (isReading) return;
    each('.says,h1,.hint,.chip,.choice', part => {
      const box = part.getBoundingClientRect();
      if (part.closest('details:not([open])') || box.bottom < 0 || box.top > innerHeight) return;
      const said = new SpeechSynthesisUtterance(part.textContent);
      said.voice = voice();
      said.lang = said.voice.lang;
      speech.speak(said);
    });
  };
  speech?.addEventListener?.('voiceschanged', offerVoice);

  // A form that waits for its turn tries again by itself.
  const settle = () => {
    offerVoice();
    clearTimeout(timer);
    const form = find('form[data-again]');
    if (form) timer = setTimeout(() => {
      isPatient = true;
      form.requestSubmit?.(find('button', form));
    }, form.dataset.again * 1000);
  };

  const show = (text, status, stay) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const main = find('main', next);
    if (!main && status > 499) return tellOffline();
    if (main.hasAttribute('data-error') || (status === 503 && !find('form', main))) {
      return tell(...main.querySelectorAll('h1~p:not(.row)'));
    }
    if (isPatient && find('[data-again]', main)) return;
    speech?.cancel();
    document.title = next.title;
    for (const name of ['lang', 'dir']) root[name] = next.documentElement[name];
    for (const part of ['main', '.languages', '.foot']) find(part)?.replaceWith(find(part, next) || '');
    const kept = stay && document.getElementById(stay);
    if (kept) kept.scrollIntoView();
    else scrollTo(0, 0);
    focusOn(find('.error-summary', main) || kept || find('h1', main));
  };

  // Give up after half a minute: a line can go dead without a word.
  const ask = async (address, options) => {
    const mine = sending = new AbortController();
    const patience = setTimeout(() => mine.abort(), 30000);
    try {
      const answer = await fetch(address, { ...options, signal: mine.signal });
      // Led to another page of ours: its forms mean that page's address, so the browser goes there itself.
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
        location.replace(answer.url);
        return new Promise(() => {});
      }
      return [await answer.text(), answer.status];
    } finally {
      clearTimeout(patience);
      sending = null;
    }
  };

  const send = (form, button) => {
    const data = new URLSearchParams(new FormData(form));
    if (button?.name) data.append(button.name, button.value);
    const address = button?.getAttribute('formaction') || form.action;
    return form.method === 'get' ? ask(address.split('?')[0] + '?' + data) : ask(address, { method: 'POST', body: data });
  };

  // Let the browser do it, with what the button says.
  const sendPlainly = (form, button) => {
    const hidden = document.createElement('input');
    hidden.type = 'hidden';
    hidden.name = button?.name || '';
    hidden.value = button?.value || '';
    form.append(hidden);
    form.action = button?.getAttribute('formaction') || form.action;
    form.submit();
  };

  // Some browsers let a page load pictures but not fetch: then the site is there, and a plain form reaches it.
  const isThere = () => new Promise(say => {
    const picture = new Image();
    picture.onload = () => say(true);
    picture.onerror = () => say(false);
    picture.src = '/favicon.ico?' + Math.random();
  });

  addEventListener('submit', async event => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches('[data-step],[data-swap]')) return;
    event.preventDefault();
    if (sending) return;
    form.ariaBusy = 'true';
    button?.setAttribute('data-sent', '');
    let answer;
    try {
      answer = await send(form, button);
    } catch {
      if (gone) return;
      if (form.dataset.failed && await isThere()) return sendPlainly(form, button);
      form.dataset.failed = '1';
      tellOffline();
    }
    if (gone) return;
    try {
      if (answer) show(...answer, form.dataset.stay);
    } catch {
      return sendPlainly(form, button);
    }
    form.ariaBusy = 'false';
    button?.removeAttribute('data-sent');
    isPatient = false;
    settle();
  });

  // A word of the code, begun: offer the whole words, one tap each.
  const BEGUN = /[a-z]{2,}$/i;
  const suggest = input => {
    const [begun] = input.value.slice(0, input.selectionStart).match(BEGUN) || [];
    const words = begun ? [...find('#words').options].map(option => option.value) : [];
    const fitting = words.filter(word => word !== begun && word.startsWith(begun.toLowerCase())).slice(0, 3);
    find('[data-suggest]').replaceChildren(...fitting.map(word => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'chip';
      button.textContent = word;
      button.onclick = () => {
        const caret = input.selectionStart;
        input.setRangeText(word + ' ', caret - begun.length, caret, 'end');
        input.focus();
        suggest(input);
      };
      return button;
    }));
  };
  addEventListener('input', event => event.target.matches('[data-words]') && suggest(event.target));

  addEventListener('click', async event => {
    if (event.target.closest?.('[data-aloud]')) return readAloud();
    const link = event.target.closest?.('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Whoever looks for help half-way through a sentence finds that sentence again.
    if (link.closest('.foot') && document.querySelector('textarea:not([readonly])')?.value) link.target = '_blank';
    if (link.matches('.exit')) {
      event.preventDefault();
      leave();
    } else if (link.matches('[data-swap]')) {
      event.preventDefault();
      try {
        show(...await ask(link.href));
        settle();
      } catch {
        if (!gone) location.assign(link.href);
      }
    }
  });

  settle();
})();
