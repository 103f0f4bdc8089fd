/**
 * Keeps an open page current: redraws who is on, as `seats.ts` does, from the published shifts, each minute and when
 * the page becomes visible; shows times in the reader's zone, with the rota's where they differ.
 */

/** @typedef {{ person: string, startAt: number, endAt: number }} Shift */

(() => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  const all = (selector, within = document) =>
    [...within.querySelectorAll(selector)].map((it) => /** @type {HTMLElement} */ (it));
  const made = document.querySelector('#made');
  const notice = document.querySelector('#notice');
  const madeAt = Date.parse(made?.getAttribute('datetime') ?? '');
  const names = new Map(
    all('[data-person]').map((link) => [link.dataset.person ?? '', link.textContent ?? '']),
  );
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

  /** Shifts by seat, by address. @type {Map<string, Map<string, Shift[]>>} */
  const data = new Map();
  /** Addresses that parts in view need. @type {Set<string>} */
  const needed = new Set();
  let isBehind = false;
  let loadedAt = 0;

  /** @type {Map<string, Intl.DateTimeFormat>} */
  const formats = new Map();
  /** `Wed 2 Dec 17:00`, with the year if far from now. @param {number} at @param {string} timeZone */
  function format(at, timeZone) {
    const local =
      formats.get(timeZone) ??
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, local);
    // The Swedish format is 2026-12-02 17:00.
    const text = new Date(`${local.format(at).replace(' ', 'T')}Z`).toUTCString();
    const isFar = Math.abs(at - Date.now()) >= 300 * 24 * HOUR;
    return `${text.slice(0, 3)} ${Number(text.slice(5, 7))} ${text.slice(8, isFar ? 16 : 11)} ${text.slice(17, 22)}`;
  }

  /** In the reader's zone, and in the rota's. @param {number} at @param {string} zone */
  function both(at, zone) {
    const [mine, theirs] = [format(at, own), format(at, zone)];
    if (mine === theirs) return mine;
    const isSameDay = mine.slice(0, -5) === theirs.slice(0, -5);
    return `${mine} (${isSameDay ? theirs.slice(-5) : theirs} ${zone})`;
  }

  /** @param {string} tag @param {object} attributes @param {...(Node | string)} children */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** @param {string} text */
  const spans = (text) => text.split(' ').map((span) => span.split('/').map((it) => Date.parse(it)));
  /** @param {string | undefined} text @param {number} now */
  const holds = (text, now) =>
    text !== undefined && text !== '' && spans(text).some(([from = 0, to = 0]) => from <= now && now < to);

  /** @param {HTMLElement} seat @param {number} now */
  function drawSeat(seat, now) {
    const { zone = 'UTC', top = '', empty } = seat.dataset;
    const shifts = data.get(addressOf(seat))?.get(seat.dataset.seat ?? '');
    if (shifts === undefined) return;
    /** @param {string} id */
    const person = (id) => make('a', { href: `${top}people/${id}.html` }, names.get(id) ?? id);
    /** @param {number} at */
    const time = (at) => make('time', { datetime: new Date(at).toISOString() }, both(at, zone));
    const current = shifts.find(({ startAt, endAt }) => startAt <= now && now < endAt);
    const following = shifts.filter(({ startAt }) => startAt > now);
    const [first] = following;
    const other =
      first?.person === current?.person ? following.find((it) => it.person !== first?.person) : undefined;
    const state = current !== undefined ? 'on' : holds(empty, now) ? 'empty' : 'off';
    for (const each of ['on', 'off', 'empty']) seat.classList.toggle(each, each === state);
    const isShort = seat.classList.contains('short');
    /** @type {(Node | string)[]} */
    let text = [];
    if (current !== undefined) {
      const isOpen = current.endAt - now > 400 * 24 * HOUR;
      const until = isOpen ? ['until further notice'] : ['until ', time(current.endAt)];
      text = [make('strong', {}, person(current.person))];
      if (!isShort) text.push(' ', make('span', { class: 'until' }, ...until));
    } else if (isShort) {
      const from = first === undefined ? [] : ['; from ', time(first.startAt), ' ', person(first.person)];
      text = [make('strong', {}, state === 'empty' ? 'Nobody' : 'Nobody now'), ...from];
    } else text = state === 'empty' ? [make('strong', {}, 'Nobody')] : ['Off duty'];
    seat.querySelector('.now')?.replaceChildren(...text);
    const then = other === undefined ? [] : [', then ', person(other.person), ', ', time(other.startAt)];
    const next =
      first === undefined ? [] : ['Next: ', person(first.person), ', ', time(first.startAt), ...then];
    seat.querySelector('.next')?.replaceChildren(...next);
  }

  /** @param {HTMLElement} element @param {number} now */
  function drawMark(element, now) {
    const isOn = holds(element.dataset.spans, now);
    element.classList.toggle('on', isOn);
    for (const flag of all('.flag', element)) flag.hidden = !isOn;
    const last = spans(element.dataset.spans ?? '').at(-1)?.[1] ?? 0;
    if (element.classList.contains('run')) element.hidden = last <= now;
    if (element.classList.contains('change')) element.hidden = !isOn;
  }

  /** A level that reaches nobody takes no time while its chain is in force. @param {HTMLElement} chain */
  function drawDelays(chain) {
    let sum = 0;
    for (const step of all('[data-wait]', chain)) {
      const isEmpty = chain.matches('.on') && !step.querySelector('.who:not(:has(.off, .empty))');
      const text = sum === 0 ? 'At once' : `After ${sum} minute${sum > 1 ? 's' : ''}`;
      step.querySelector('.after')?.replaceChildren(isEmpty ? 'Passed over' : text);
      if (!isEmpty) sum += Number(step.dataset.wait);
    }
  }

  /** @param {number} now */
  function drawToday(now) {
    for (const line of document.querySelectorAll('.today')) {
      const [from = 0, to = 0] = (line.getAttribute('data-from') ?? '')
        .split('/')
        .map((it) => Date.parse(it));
      const width = Number(line.closest('svg')?.getAttribute('width'));
      const x = Math.round(((now - from) / (to - from)) * width * 10) / 10;
      line.setAttribute('transform', `translate(${x} 0)`);
      line.toggleAttribute('hidden', x < 0 || x > width);
    }
  }

  /** @param {number} now */
  function warn(now) {
    const isOld = now - madeAt > 48 * HOUR;
    notice?.toggleAttribute('hidden', !isOld && !isBehind);
    const text = isBehind
      ? 'A newer rota is published; reload this page to see all of it.'
      : 'This page may be out of date: it was checked more than two days ago. Ask the team before you rely on it.';
    if (notice !== null && (isOld || isBehind) && notice.textContent !== text) notice.textContent = text;
  }

  /** Moves what is on to the front. @param {Element} list */
  function order(list) {
    const before = [...list.children];
    const on = '.rota:has(.on, .empty), .chain.on, .delay, .who:not(:has(.off, .empty))';
    /** @param {Element} it */
    const rank = (it) => ['.change.on', on, '*'].findIndex((own) => it.matches(own));
    const after = before.toSorted((one, other) => rank(one) - rank(other));
    // Keeps the order while the focus is inside.
    if (after.some((it, i) => it !== before[i]) && !list.contains(document.activeElement))
      list.append(...after);
  }

  function draw() {
    const now = Date.now();
    for (const seat of all('[data-seat]')) drawSeat(seat, now);
    for (const element of all('[data-spans]')) drawMark(element, now);
    for (const chain of all('.chain')) drawDelays(chain);
    for (const list of all('.rotas, .chains, .steps li')) order(list);
    drawToday(now);
    warn(now);
  }

  /** @param {Element} part */
  const addressOf = (part) => part.closest('[data-shifts]')?.getAttribute('data-shifts') ?? '';

  /** Loads the shifts of one address; a failure keeps the old ones. @param {string} address */
  async function load(address) {
    const response = await fetch(address, { cache: 'no-cache' }).catch(() => undefined);
    if (response?.ok !== true) return;
    const modified = Date.parse(response.headers.get('last-modified') ?? '');
    if (modified - Date.parse(document.lastModified) > MINUTE) isBehind = true;
    /** @type {{ rota: string, role: string, person: string, start: string, end: string }[] | undefined} */
    const entries = await response.json().catch(() => undefined);
    if (!Array.isArray(entries)) return;
    /** @type {Map<string, Shift[]>} */
    const seats = new Map(
      all('[data-seat]')
        .filter((it) => addressOf(it) === address)
        .map((it) => [it.dataset.seat ?? '', []]),
    );
    for (const { rota, role, person, start, end } of entries)
      seats.get(`${rota}/${role}`)?.push({ person, startAt: Date.parse(start), endAt: Date.parse(end) });
    data.set(address, seats);
  }

  async function refresh() {
    loadedAt = Date.now();
    await Promise.all([...needed].map(load));
    draw();
  }

  function wake() {
    draw();
    if (Date.now() - loadedAt > 5 * MINUTE) void refresh();
  }

  function tick() {
    draw();
    if (Date.now() - loadedAt > HOUR) void refresh();
    setTimeout(tick, MINUTE - (Date.now() % MINUTE) + 50);
  }

  for (const time of all('[data-zone] time')) {
    const zone = time.closest('[data-zone]')?.getAttribute('data-zone') ?? 'UTC';
    const text = both(Date.parse(time.getAttribute('datetime') ?? ''), zone);
    const line = time.closest('section:has(.zones)')?.querySelector('.zones');
    if (line && text.endsWith(')')) line.textContent = `Times are those of ${own}, your zone.`;
    time.textContent = text;
  }
  for (const button of all('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
      button.firstChild?.replaceWith('Copied');
    });
  }
  document.addEventListener('visibilitychange', () => document.hidden || wake());
  addEventListener('pageshow', wake);

  // Loads the data of a part when it is near the viewport.
  const seen = new IntersectionObserver(
    (entries) => {
      const before = needed.size;
      for (const { isIntersecting, target } of entries) if (isIntersecting) needed.add(addressOf(target));
      if (needed.size > before) void refresh();
    },
    { rootMargin: '600px' },
  );
  for (const part of all('[data-shifts]')) seen.observe(part);
  draw();
  tick();
})();
