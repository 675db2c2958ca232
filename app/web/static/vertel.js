// The page works without this script; with it, a tap changes the question in place, so that Back leads away at once.
(() => {
  const parts = 'main,.languages,.foot';
  let shifts = [];

  // Leaving: empty the page first, because the next one may be slow.
  const leave = () => {
    document.title = '\u2026';
    document.body.hidden = true;
    document.body.replaceChildren();
    location.replace('/w');
  };
  addEventListener('keyup', event => {
    shifts = event.key === 'Shift' ? [...shifts, event.timeStamp].slice(-3) : [];
    if (shifts.length > 2 && shifts[2] - shifts[0] < 2000 && document.querySelector('.exit')) leave();
  });
  addEventListener('pageshow', event => event.persisted && location.reload());

  const focusOn = element => {
    if (!element) return;
    element.tabIndex = -1;
    // Read on from the top: help for danger stands above the question that has the focus.
    element.focus({ preventScroll: true });
  };

  // Something went wrong: say so above the form and leave what was typed where it is.
  const tell = (main, nodes) => {
    main.querySelector('.notice--sent')?.remove();
    const notice = document.createElement('div');
    notice.className = 'notice notice--warn notice--sent';
    notice.setAttribute('role', 'alert');
    notice.append(...nodes);
    main.prepend(notice);
    scrollTo(0, 0);
    focusOn(notice);
  };

  const show = (text, stay) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const fresh = [...next.querySelectorAll(parts)];
    const main = document.querySelector('main');
    const nextMain = next.querySelector('main');
    if (nextMain.hasAttribute('data-error')) return tell(main, nextMain.querySelectorAll('h1~p'));
    document.title = next.title;
    for (const name of ['lang', 'dir']) document.documentElement[name] = next.documentElement[name];
    document.querySelectorAll(parts).forEach((old, index) => old.replaceWith(fresh[index]));
    const kept = stay && document.getElementById(stay);
    if (kept) kept.scrollIntoView();
    else scrollTo(0, 0);
    focusOn(nextMain.querySelector('.error-summary') || kept || nextMain.querySelector('h1'));
  };

  const send = async (form, button) => {
    const data = new URLSearchParams(new FormData(form));
    if (button?.name) data.append(button.name, button.value);
    const address = button?.getAttribute('formaction') || form.action;
    const get = form.method === 'get';
    const options = get ? {} : { method: 'POST', body: data };
    const answer = await fetch(get ? address.split('?')[0] + '?' + data : address, options);
    return answer.text();
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

  addEventListener('submit', async event => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches('[data-step],[data-swap]')) return;
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    button?.setAttribute('data-sent', '');
    let text;
    try {
      text = await send(form, button);
    } catch {
      if (form.dataset.failed && navigator.onLine) return sendPlainly(form, button);
      form.dataset.failed = '1';
      tell(document.querySelector('main'), [document.body.dataset.offline]);
    }
    try {
      if (text) show(text, form.dataset.stay);
    } catch {
      return sendPlainly(form, button);
    }
    form.ariaBusy = 'false';
    button?.removeAttribute('data-sent');
  });

  addEventListener('click', async event => {
    const link = event.target.closest?.('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches('.exit')) {
      event.preventDefault();
      leave();
    } else if (link.matches('[data-swap]')) {
      event.preventDefault();
      try {
        show(await (await fetch(link.href)).text());
      } catch {
        location.assign(link.href);
      }
    }
  });
})();
