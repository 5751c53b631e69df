// The public page: sales, batches and the proof of each, read from the API and kept fresh.
// What the server sends enters the document as text nodes only; money and rates stay strings.

const rowsOnPage = 50;
const pollSlowMs = 10_000;
const pollFastMs = 2_000;
const eventNearMs = 120_000;
const requestLimitMs = 15_000;
const clockAgeMs = 60_000;
const speechGapMs = 60_000;
const noCommitment = /^0*$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// ---------------------------------------------------------------- Document

const byId = (id) => document.getElementById(id);

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? '' : value);
  }
  const present = children.flat().filter((child) => child !== null && child !== undefined);
  node.append(...present);
  return node;
}

const shownKeys = new WeakMap();

/**
 * Rebuilds a part of the page when what it shows has changed, and only then. Focus, opened
 * details and scrolled tables survive by their ids.
 */
function show(container, data, build) {
  const key = JSON.stringify(data);
  if (shownKeys.get(container) === key) return;
  shownKeys.set(container, key);
  const focused = container.contains(document.activeElement) ? document.activeElement.id : '';
  const opened = [...container.querySelectorAll('details[open][id]')].map((node) => node.id);
  const scrolled = [...container.querySelectorAll('.scroll[id]')].map((node) => [
    node.id,
    node.scrollLeft,
    node.scrollTop,
  ]);
  container.replaceChildren(...[build()].flat());
  for (const id of opened) byId(id)?.setAttribute('open', '');
  for (const [id, left, top] of scrolled) byId(id)?.scrollTo(left, top);
  if (focused) byId(focused)?.focus({ preventScroll: true });
}

// ---------------------------------------------------------------- Words

const count = (number) => Number(number ?? 0).toLocaleString('en-US');
const plural = (number, one, many) => `${count(number)} ${Number(number) === 1 ? one : many}`;
const percent = (rate) => (rate === null || rate === undefined ? '–' : `${rate}%`);
const spaced = (word) => String(word ?? '').replaceAll('_', ' ');
const shortened = (hex) => (hex.length > 20 ? `${hex.slice(0, 8)}…${hex.slice(-8)}` : hex);

/** Groups the digits of a decimal text; the value never becomes a number. */
function money(text) {
  if (text === null || text === undefined) return '–';
  const [, sign, whole, cents] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return String(text);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}$${grouped}.${(cents ?? '').padEnd(2, '0')}`;
}

const saleWords = {
  draft: 'Draft',
  published: 'Published, bidding has not opened',
  open: 'Open for bids',
  paused: 'Paused, no bids are taken',
  closing: 'Closing, the first batches have closed',
  closed: 'Closed, all batches have closed',
  settled: 'Settled, every winner has paid or forfeited',
  canceled: 'Canceled',
};

const batchWords = {
  scheduled: 'Not open yet',
  open: 'Open for bids',
  paused: 'Paused, no bids are taken',
  closing: 'Bidding has ended, awards are being made',
  closed: 'Closed',
  canceled: 'Canceled',
};

const itemWords = {
  offered: 'Offered',
  withdrawn: 'Withdrawn',
  awarded: 'Awarded to a bidder',
  struck: 'Struck to the county',
  void_paid: 'Taxes paid after the close, no certificate issued',
};

const markOf = { draft: 'scheduled', published: 'scheduled', settled: 'closed' };

function statusTag(status, words) {
  const mark = markOf[status] ?? status;
  return element('span', { class: `status status-${mark}` }, words[status] ?? spaced(status));
}

function batchTitle(batch) {
  const title = `Batch ${batch.number}`;
  return batch.name && batch.name !== title ? `${title}: ${batch.name}` : title;
}

// ---------------------------------------------------------------- Time

const clock = { base: null, syncedAt: -Infinity };

/** Milliseconds since 1970 by the server's clock; null until it is known. */
const serverNow = () => (clock.base === null ? null : clock.base + performance.now());

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    try {
      formats.set(key, new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone }));
    } catch {
      // A zone that this browser does not know: UTC, and the text says so.
      return format('UTC', options);
    }
  }
  return formats.get(key);
}

const minuteFormat = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};
const secondFormat = { ...minuteFormat, second: '2-digit' };

const zoneOf = (sale) => sale?.time_zone ?? 'UTC';

function time(instant, sale, options = minuteFormat) {
  if (!instant) return '–';
  const text = format(zoneOf(sale), options).format(new Date(instant));
  return element('time', { datetime: instant, title: instant, class: 'keep' }, text);
}

function zoneInWords(sale) {
  const zone = zoneOf(sale);
  const parts = format(zone, { timeZoneName: 'long' }).formatToParts(serverNow() ?? Date.now());
  const name = parts.find((part) => part.type === 'timeZoneName')?.value;
  return `${name ?? zone} (${zone})`;
}

function duration(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (number) => String(number).padStart(2, '0');
  if (days > 0) return `${plural(days, 'day', 'days')} ${hours} h`;
  if (hours > 0) return `${hours} h ${two(minutes)} min ${two(seconds % 60)} s`;
  if (minutes > 0) return `${minutes} min ${two(seconds % 60)} s`;
  return `${seconds} s`;
}

/** The next thing that the clock will do to a batch; null when nothing is planned. */
function nextEvent(batch) {
  if (batch.status === 'scheduled') return { at: batch.start_time, verb: 'opens' };
  if (batch.status === 'open') return { at: batch.end_time, verb: 'closes' };
  return null;
}

function countdown(batch) {
  const event = nextEvent(batch);
  if (!event) return '–';
  const due = event.verb === 'opens' ? 'opening now' : 'closing now';
  return element('span', {
    class: 'countdown keep',
    'data-until': Date.parse(event.at),
    'data-due': due,
    'data-lead': `${event.verb} in `,
  });
}

function tickTexts(now) {
  for (const node of document.querySelectorAll('[data-until]')) {
    const left = Number(node.dataset.until) - now;
    const text = left > 0 ? node.dataset.lead + duration(left) : node.dataset.due;
    if (node.textContent !== text) node.textContent = text;
  }
  const zone = zoneOf(state.sale);
  byId('clock').textContent = format(zone, secondFormat).format(now);
  byId('clock').dateTime = new Date(now).toISOString();
}

// ---------------------------------------------------------------- Speech

const speech = { queue: [], spokeAt: -Infinity };

/** Says what has changed, at most once a minute; five and one minutes to a close go first. */
function announce(text, urgent = false) {
  speech.queue.push(text);
  speak(urgent);
}

function speak(urgent = false) {
  const silent = performance.now() - speech.spokeAt;
  if (speech.queue.length === 0 || (silent < speechGapMs && !urgent)) return;
  byId('announcements').textContent = speech.queue.splice(0).join('. ');
  speech.spokeAt = performance.now();
}

function announceMarks(before, now) {
  for (const batch of state.batches ?? []) {
    const event = nextEvent(batch);
    if (event?.verb !== 'closes') continue;
    for (const minutes of [5, 1]) {
      const mark = Date.parse(event.at) - minutes * 60_000;
      // A mark long past, after sleep or with a hidden page, would be a lie.
      if (before < mark && mark <= now && now - mark < 5_000)
        announce(`${batchTitle(batch)} closes in ${plural(minutes, 'minute', 'minutes')}`, true);
    }
  }
}

function announceChanges(before, after) {
  const old = new Map((before ?? []).map((batch) => [batch.id, batch.status]));
  for (const batch of after) {
    if (!old.has(batch.id) || old.get(batch.id) === batch.status) continue;
    announce(`${batchTitle(batch)}: ${batchWords[batch.status] ?? spaced(batch.status)}`);
  }
}

// ---------------------------------------------------------------- Server

/** The server answered, and said no. Anything else that fails counts as not reachable. */
class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function getJson(path, signal) {
  const response = await fetch(path, {
    signal,
    credentials: 'omit',
    headers: { Accept: 'application/json' },
  });
  const date = Date.parse(response.headers.get('Date') ?? '');
  // The header counts whole seconds; half a second on is its best guess.
  if (clock.base === null && date) clock.base = date + 500 - performance.now();
  const body = await response.json();
  if (response.ok) return body;
  if (response.status >= 500 || response.status === 429)
    throw new Error(body.detail ?? response.statusText);
  throw new Refusal(response.status, body.detail ?? response.statusText);
}

/** Like getJson; null when there is nothing at that path. */
async function getIfThere(path, signal) {
  try {
    return await getJson(path, signal);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

async function getAll(path, signal) {
  const items = [];
  let query = '?limit=200';
  for (;;) {
    const page = await getJson(path + query, signal);
    items.push(...page.items);
    if (page.next_cursor === null) return items;
    query = `?limit=200&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
}

async function syncClock(signal) {
  const sentAt = performance.now();
  if (sentAt - clock.syncedAt < clockAgeMs) return;
  const answer = await getIfThere('/api/v1/time', signal);
  if (answer === null) return;
  const receivedAt = performance.now();
  clock.base = Date.parse(answer.now) - (sentAt + receivedAt) / 2;
  clock.syncedAt = receivedAt;
}

// ---------------------------------------------------------------- State

const state = {
  sales: null,
  salesAt: -Infinity,
  sale: null,
  batches: null,
  batch: null,
  detail: null,
  unreachableSince: null,
  trouble: '',
  focus: '',
};

/** One list shown fifty rows at a time. `rows` is null until they came. */
const newPager = () => ({ cursors: [null], index: 0, shown: 0, rows: null, stale: true });

const newDetail = (batch) => ({
  batchId: batch.id,
  mark: '',
  links: null,
  items: newPager(),
  results: newPager(),
});

function address() {
  const given = new URLSearchParams(location.hash.slice(1));
  const idOf = (name) => (uuid.test(given.get(name) ?? '') ? given.get(name) : null);
  return { sale: idOf('sale'), batch: idOf('batch') };
}

function addressOf(sale, batch) {
  return `#sale=${sale.id}${batch ? `&batch=${batch.id}` : ''}`;
}

function chosenSale(sales) {
  const wanted = address().sale;
  const lively = ['closing', 'open', 'paused', 'published'];
  return (
    sales.find((sale) => sale.id === wanted) ??
    sales.find((sale) => sale.id === state.sale?.id) ??
    lively.map((status) => sales.find((sale) => sale.status === status)).find(Boolean) ??
    sales[0] ??
    null
  );
}

function chosenBatch(batches) {
  const wanted = address().batch;
  const lively = ['closing', 'open', 'paused', 'scheduled'];
  return (
    batches.find((batch) => batch.id === wanted) ??
    batches.find((batch) => batch.id === state.batch?.id) ??
    lively.map((status) => batches.find((batch) => batch.status === status)).find(Boolean) ??
    batches[0] ??
    null
  );
}

// ---------------------------------------------------------------- Loading

async function loadPage(pager, path, signal) {
  const index = pager.index;
  const cursor = pager.cursors[index];
  const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const page = await getIfThere(`${path}?limit=${rowsOnPage}${query}`, signal);
  if (page === null) return;
  pager.cursors.length = index + 1;
  if (page.next_cursor !== null) pager.cursors.push(page.next_cursor);
  pager.rows = page.items;
  pager.shown = index;
  pager.stale = false;
}

/** Reads the records, items and results of a batch again when the batch says that they changed. */
async function loadDetail(batch, detail, signal) {
  const mark = JSON.stringify(batch);
  const changed = detail.mark !== mark;
  const path = `/api/v1/batches/${batch.id}`;
  const loads = [];
  if (changed || batch.status === 'closing' || detail.links === null)
    loads.push(
      getIfThere(`${path}/chain`, signal).then((chain) => {
        detail.links = chain?.links ?? [];
      }),
    );
  if (changed || detail.items.stale) loads.push(loadPage(detail.items, `${path}/items`, signal));
  if (batch.status === 'closed' && (changed || detail.results.stale))
    loads.push(loadPage(detail.results, `${path}/results`, signal));
  await Promise.all(loads);
  detail.mark = mark;
}

async function load(signal) {
  await syncClock(signal);
  if (state.sales === null || performance.now() - state.salesAt >= pollSlowMs - 1_000) {
    state.sales = await getAll('/api/v1/auctions', signal);
    state.salesAt = performance.now();
  }
  const sale = chosenSale(state.sales);
  if (sale?.id !== state.sale?.id) {
    state.batches = null;
    state.batch = null;
  }
  state.sale = sale;
  render();
  if (sale === null) return;
  const batches = await getAll(`/api/v1/auctions/${sale.id}/batches`, signal);
  announceChanges(state.batches, batches);
  state.batches = batches;
  state.batch = chosenBatch(batches);
  if (state.batch && state.detail?.batchId !== state.batch.id)
    state.detail = newDetail(state.batch);
  render();
  if (state.batch !== null) await loadDetail(state.batch, state.detail, signal);
}

let underWay = null;
let pollTimer = 0;

/** Reads everything once. A newer call ends an older one that is still under way. */
async function refresh() {
  clearTimeout(pollTimer);
  underWay?.abort();
  const controller = new AbortController();
  underWay = controller;
  const limit = setTimeout(() => controller.abort(), requestLimitMs);
  try {
    await load(controller.signal);
    if (underWay !== controller) return;
    state.unreachableSince = null;
    state.trouble = '';
  } catch (error) {
    if (underWay !== controller) return;
    if (error instanceof Refusal) {
      state.trouble = error.message;
      state.salesAt = -Infinity; // The sale may have gone: ask which are left.
    } else {
      state.unreachableSince ??= serverNow() ?? Date.now();
      console.warn(error);
    }
  } finally {
    clearTimeout(limit);
    if (underWay === controller) {
      underWay = null;
      render();
      moveFocus();
      if (!document.hidden) pollTimer = setTimeout(refresh, pollDelay());
    }
  }
}

/** Thousands may watch the same close, so each page waits a little more or less than the next. */
function pollDelay() {
  const now = serverNow();
  const near = (state.batches ?? []).some((batch) => {
    const event = nextEvent(batch);
    if (batch.status === 'closing') return true;
    return event !== null && Math.abs(Date.parse(event.at) - now) <= eventNearMs;
  });
  return (near ? pollFastMs : pollSlowMs) * (0.9 + Math.random() / 5);
}

// ---------------------------------------------------------------- Shared parts

function facts(pairs) {
  const present = pairs.filter((pair) => pair !== null);
  const cells = present.map(([name, ...value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, ...value)),
  );
  return element('dl', { class: 'facts' }, ...cells);
}

/** `columns` are [heading, class]; the first cell of each row names the row. */
function table({ id, caption, columns, rows, tall = false }) {
  const head = columns.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name));
  const body = rows.map(({ cells, chosen = false }) =>
    element(
      'tr',
      { class: chosen && 'chosen' },
      ...cells.map((cell, column) =>
        element(
          column === 0 ? 'th' : 'td',
          { scope: column === 0 && 'row', class: columns[column][1] },
          ...[cell].flat(),
        ),
      ),
    ),
  );
  return element(
    'div',
    {
      class: `scroll${tall ? ' scroll-tall' : ''}`,
      id,
      tabindex: '0',
      role: 'region',
      'aria-labelledby': `${id}-caption`,
    },
    element(
      'table',
      {},
      element('caption', { id: `${id}-caption` }, element('span', {}, caption)),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  );
}

function hash(id, hex) {
  if (!hex) return '–';
  return element(
    'details',
    { class: 'hash', id },
    element('summary', { title: hex }, element('code', {}, shortened(hex))),
    element('code', {}, hex),
  );
}

function loading(what) {
  return element('p', { class: 'soft' }, `Loading ${what}…`);
}

function rangeOf(pager, total) {
  const first = pager.shown * rowsOnPage + 1;
  const last = pager.shown * rowsOnPage + pager.rows.length;
  return `${count(first)} to ${count(last)} of ${count(Math.max(total, last))}`;
}

async function turn(pager, step, what) {
  pager.index = pager.shown + step;
  pager.stale = true;
  await refresh();
  const rows = byId(`${what}-table`);
  rows?.scrollTo(rows.scrollLeft, 0);
  if (!pager.stale) byId('answers').textContent = rows?.querySelector('caption')?.textContent ?? '';
}

function pagerButtons(pager, what) {
  if (pager.cursors.length === 1) return null;
  const button = (id, text, step) => {
    const index = pager.shown + step;
    const off = index < 0 || index >= pager.cursors.length;
    return element(
      'button',
      {
        type: 'button',
        class: 'button',
        id: `${what}-${id}`,
        'aria-disabled': off && 'true',
        click: () => !off && turn(pager, step, what),
      },
      text,
    );
  };
  return element(
    'nav',
    { class: 'pager', 'aria-label': `Pages of ${what}` },
    button('previous', 'Previous', -1),
    button('next', 'Next', 1),
  );
}

// ---------------------------------------------------------------- Sales

function salesSection() {
  const rows = state.sales.map((sale) => ({
    chosen: sale.id === state.sale.id,
    cells: [
      element(
        'a',
        {
          id: `sale-${sale.id}`,
          href: addressOf(sale),
          'aria-current': sale.id === state.sale.id && 'true',
        },
        sale.name,
      ),
      sale.county_name,
      statusTag(sale.status, saleWords),
      time(sale.start_date, sale),
      time(sale.end_date, sale),
      count(sale.items),
    ],
  }));
  return [
    element('h2', { id: 'sales-heading' }, 'Sales'),
    table({
      id: 'sales-table',
      caption: 'All public sales; each time in the zone of its county',
      columns: [['Sale', 'wide'], ['County'], ['Status', 'wide'], ['Bidding opens'], ['Last close'],
        ['Items', 'number']],
      rows,
      tall: state.sales.length > 8,
    }),
  ];
}

function soonest(batches) {
  const due = (batches ?? []).filter((batch) => nextEvent(batch) !== null);
  const at = (batch) => Date.parse(nextEvent(batch).at);
  return due.reduce((best, batch) => (best && at(best) <= at(batch) ? best : batch), null);
}

function saleSection() {
  const { sale, batches } = state;
  const next = soonest(batches);
  return [
    element('h2', { id: 'sale-heading', tabindex: '-1' }, sale.name),
    sale.status === 'paused' && sale.pause_reason
      ? element('p', { class: 'alert alert-warning' }, `Paused: ${sale.pause_reason}`)
      : null,
    facts([
      ['County', sale.county_name],
      ['Status', statusTag(sale.status, saleWords)],
      ['Tax year', String(sale.tax_year)],
      next && ['Next', `${batchTitle(next)} `, countdown(next)],
      ['Bidding opens', time(sale.start_date, sale)],
      ['Last batch closes', time(sale.end_date, sale)],
      ['For sale', `${plural(sale.items, 'item', 'items')} in `
        + plural(sale.batches, 'batch', 'batches')],
      ['Times are those of the county', zoneInWords(sale)],
    ]),
  ].filter(Boolean);
}

// ---------------------------------------------------------------- Batches

function outcomeOf(batch) {
  const parts = [];
  if (batch.awarded > 0) parts.push(`${count(batch.awarded)} awarded`);
  if (batch.struck > 0) parts.push(`${count(batch.struck)} struck to the county`);
  if (batch.withdrawn > 0) parts.push(`${count(batch.withdrawn)} withdrawn`);
  return parts.join(', ') || '–';
}

function batchesSection() {
  const { sale, batches, batch: chosen } = state;
  const heading = element('h2', { id: 'batches-heading' }, 'Batches');
  if (batches === null) return [heading, loading('the batches')];
  if (batches.length === 0)
    return [heading, element('p', {}, 'This sale has no batches yet.')];
  const rows = batches.map((batch) => ({
    chosen: batch.id === chosen?.id,
    cells: [
      [
        element(
          'a',
          {
            id: `batch-${batch.id}`,
            href: addressOf(sale, batch),
            'aria-current': batch.id === chosen?.id && 'true',
          },
          batchTitle(batch),
        ),
        batch.is_cleanup && !/clean-?up/i.test(batch.name) ? ' (clean-up)' : null,
      ],
      statusTag(batch.status, batchWords),
      time(batch.end_time, sale),
      countdown(batch),
      count(batch.items),
      outcomeOf(batch),
    ],
  }));
  return [
    heading,
    element('p', {}, 'All items of a batch close at the same instant. Choose a batch to see its '
      + 'items, results and public records.'),
    table({
      id: 'batches-table',
      caption: `${plural(batches.length, 'batch', 'batches')} in order of number`,
      columns: [['Batch', 'medium'], ['Status', 'wide'], ['Closes'], ['Time left'],
        ['Items', 'number'], ['Outcome', 'wide']],
      rows,
      tall: batches.length > 12,
    }),
  ];
}

// ---------------------------------------------------------------- Rules

const openingOf = (links) => links?.find((link) => link.record === 'opening');

function rulesOf(opening) {
  try {
    return JSON.parse(opening.rules);
  } catch {
    return null; // Shown as they stand instead.
  }
}

function priceInWords(rules) {
  const start = percent(rules.rate_start);
  if (rules.format === 'sealed')
    return 'The lowest rate wins. Its bidder gets exactly the rate that was bid.';
  if (rules.format === 'proxy')
    return 'The lowest rate wins. Its bidder gets the highest rate that still beats every other '
      + `bid: one step below the next higher bid, or ${start} when there is no other.`;
  return `Format: ${spaced(rules.format)}.`;
}

function zeroInWords(rules) {
  if (rules.zero_bids === 'refused') return 'A bid of 0.00% is refused.';
  return 'A bid of 0.00% is allowed. It goes before all others and is awarded at 0.00%.';
}

function tieInWords(rules) {
  if (rules.tie === 'first_received')
    return 'When several bids tie at the lowest rate, the one that was received first wins.';
  const tickets =
    rules.tie_weight === 'per_group'
      ? 'a bidding group has one ticket in it.'
      : 'a bidding group has one ticket in it for each of its members.';
  return `When several bids tie at the lowest rate, a draw decides that anyone can recompute; `
    + tickets;
}

function rulesInWords(rules) {
  return [
    `Rates start at ${percent(rules.rate_start)} and go down in steps of `
      + `${percent(rules.rate_step)} to ${percent(rules.rate_floor)}.`,
    zeroInWords(rules),
    priceInWords(rules),
    tieInWords(rules),
    rules.group_price === 'as_many'
      ? 'For the price, the members of a bidding group compete with each other.'
      : 'For the price, a bidding group counts as one bidder.',
    rules.blocked_bids_set_price
      ? 'A bid above its bidder’s remaining budget cannot win, but counts for the price.'
      : 'A bid above its bidder’s remaining budget cannot win and does not count for the price.',
    `Without a bid that can win, the certificate is struck to the county at `
      + `${percent(rules.rate_start)}.`,
    'Bids are sealed: this service shows nobody another bidder’s bid before the batch has closed.',
  ];
}

function drawInWords(opening, rules) {
  if (rules?.tie === 'first_received') return null; // Nothing is drawn.
  if (noCommitment.test(opening.c_county ?? ''))
    return element(
      'p',
      { class: 'alert alert-warning' },
      'The operator could choose this draw. The county has given no secret of its own for this '
        + 'batch, so a draw depends on the operator’s secret alone.',
    );
  return element(
    'p',
    { class: 'alert' },
    'Neither the county nor the operator alone can choose a draw: each fixed a secret before the '
      + 'first bid, and both secrets go into it.',
  );
}

function rulesParts(detail) {
  const heading = element('h3', {}, 'Rules of this batch');
  if (detail.links === null) return [heading, loading('the rules')];
  const opening = openingOf(detail.links);
  if (!opening)
    return [heading, element('p', {}, 'The rules are fixed and published when the batch opens.')];
  const rules = rulesOf(opening);
  const lines = rules ? rulesInWords(rules) : [`Rules as published: ${opening.rules}`];
  return [
    heading,
    element('ul', {}, ...lines.map((line) => element('li', {}, line))),
    drawInWords(opening, rules),
  ];
}

// ---------------------------------------------------------------- One batch

function factsPart() {
  const { sale, batch, detail } = state;
  const parts = [
    element('h2', { id: 'batch-heading', tabindex: '-1' }, batchTitle(batch)),
    facts([
      ['Status', statusTag(batch.status, batchWords)],
      nextEvent(batch) && ['Time left', countdown(batch)],
      ['Bidding opens', time(batch.start_time, sale)],
      batch.closed_at
        ? ['Closed', time(batch.closed_at, sale, secondFormat)]
        : ['Bidding ends', time(batch.end_time, sale)],
      ['Items', count(batch.items)],
      outcomeOf(batch) === '–' ? null : ['Outcome', outcomeOf(batch)],
      batch.is_cleanup ? ['Clean-up batch', 'Offers again what came back during the sale'] : null,
    ]),
    ...rulesParts(detail),
  ];
  return parts.filter(Boolean);
}

function winnerOf(result) {
  if (result.winner_number === null && result.winner_ref === null) return '–';
  if (result.winner_number !== null) {
    const number = `No. ${result.winner_number}`;
    return result.winner_name ? `${number}, ${result.winner_name}` : number;
  }
  const member = result.member === null ? '' : ` member ${result.member}`;
  return [hash(`winner-${result.adv_no}`, result.winner_ref), member];
}

function resultRow(result) {
  return {
    cells: [
      String(result.adv_no),
      result.parcel_id ?? '–',
      money(result.face),
      itemWords[result.status] ?? spaced(result.status),
      percent(result.rate),
      winnerOf(result),
      count(result.bids),
      Number(result.tied) > 1 ? count(result.tied) : '–',
      result.certificate_number ?? '–',
    ],
  };
}

function resultsPart() {
  const { batch, detail } = state;
  const pager = detail.results;
  const heading = element('h3', {}, 'Results');
  if (batch.status === 'closing')
    return [
      heading,
      element('p', {}, 'Bidding has ended. First the bids and the book of the batch are fixed '
        + 'and signed, then the secrets are revealed, then the awards are published here.'),
    ];
  if (batch.status !== 'closed') return [];
  if (pager.rows === null)
    return [heading, element('p', {}, 'The results are not published yet. Please wait.')];
  return [
    heading,
    table({
      id: 'results-table',
      caption: pager.rows.length === 0 ? 'No results' : `Results ${rangeOf(pager, batch.items)}`,
      columns: [['Adv. no.', 'number'], ['Parcel', 'keep'], ['Face', 'number'],
        ['Outcome', 'medium'], ['Rate', 'number'], ['Winner', 'medium'], ['Bids', 'number'],
        ['Tied', 'number'], ['Certificate', 'keep']],
      rows: pager.rows.map(resultRow),
      tall: true,
    }),
    pagerButtons(pager, 'results'),
    element('p', { class: 'soft' }, 'The rate is what the owner will owe the holder per year. '
      + 'Tied: how many bids shared the lowest rate. A winner without a number is shown by '
      + 'pseudonym; the member counts from 0 within a bidding group.'),
  ].filter(Boolean);
}

function itemStatus(item) {
  const words = itemWords[item.status] ?? spaced(item.status);
  return item.withdrawn_reason ? `${words}: ${spaced(item.withdrawn_reason)}` : words;
}

function itemRow(item) {
  return {
    cells: [
      String(item.adv_no),
      element('span', { title: `Certificate ${item.certificate_id}` }, item.parcel_id ?? '–'),
      money(item.face),
      itemStatus(item),
      item.owner_name ?? '–',
      [item.address, item.city].filter(Boolean).join(', ') || '–',
      item.use_code ?? '–',
      money(item.assessed_value),
      item.homestead ? 'Yes' : 'No',
      String(item.tax_year ?? '–'),
    ],
  };
}

function itemsPart() {
  const { batch, detail } = state;
  const pager = detail.items;
  const heading = element('h3', {}, 'Items');
  if (pager.rows === null) return [heading, loading('the items')];
  if (pager.rows.length === 0)
    return [heading, element('p', {}, 'No items have been assigned to this batch yet.')];
  return [
    heading,
    table({
      id: 'items-table',
      caption: `Items ${rangeOf(pager, batch.items)}, by advertised number`,
      columns: [['Adv. no.', 'number'], ['Parcel', 'keep'], ['Face', 'number'],
        ['Status', 'medium'], ['Owner', 'medium'], ['Location', 'wide'], ['Use', 'medium'],
        ['Assessed value', 'number'], ['Homestead'], ['Tax year']],
      rows: pager.rows.map(itemRow),
      tall: true,
    }),
    pagerButtons(pager, 'items'),
  ].filter(Boolean);
}

// ---------------------------------------------------------------- Proof

const changeWords = {
  end_moved: 'End moved',
  paused: 'Paused',
  resumed: 'Resumed',
  lot_withdrawn: 'Item withdrawn',
  canceled: 'Batch canceled',
};

function recordTitle(link) {
  if (link.record === 'change') {
    const number = link.number === null || link.number === undefined ? '' : ` ${link.number}`;
    return `Change${number}: ${changeWords[link.kind] ?? spaced(link.kind)}`;
  }
  return { opening: 'Opening', head: 'Head', close: 'Close record' }[link.record] ?? link.record;
}

function recordText(link, index, sale) {
  if (link.record === 'head') return 'Fixes how many bids there are, and the root over all of them';
  if (link.record === 'close')
    return 'Fixes items, bidders, budgets and groups before any secret is revealed';
  if (link.record === 'change') {
    const moved = link.end_time ? ['Ends ', time(link.end_time, sale, secondFormat)] : [];
    const reason = link.reason ? `${moved.length ? '. ' : ''}Reason: ${link.reason}` : null;
    return [...moved, reason].filter(Boolean);
  }
  const secret = (who, name, commitment) => [
    element('div', {}, `${who} committed to a secret:`),
    hash(`commitment-${name}-${index}`, commitment),
  ];
  return [
    element('div', {}, 'Ends ', time(link.end_time, sale, secondFormat)),
    ...secret('Operator', 'operator', link.c_operator),
    ...(noCommitment.test(link.c_county ?? '')
      ? [element('div', {}, 'The county gave no secret')]
      : secret('County', 'county', link.c_county)),
  ];
}

function recordsPart() {
  const { sale, detail } = state;
  const heading = element('h3', {}, 'Public records');
  if (detail.links === null) return [heading, loading('the records')];
  if (detail.links.length === 0)
    return [heading, element('p', {}, 'The first record is signed when the batch opens.')];
  return [
    heading,
    element('p', {}, 'Each record is signed and contains the hash of the one before, so none can '
      + 'be changed or left out unnoticed. Choose a hash to see all of it.'),
    table({
      id: 'records-table',
      caption: plural(detail.links.length, 'record', 'records'),
      columns: [['Record', 'keep'], ['At'], ['What it says', 'wide'], ['Hash'], ['Signature']],
      rows: detail.links.map((link, index) => ({
        cells: [
          recordTitle(link),
          time(link.at, sale, secondFormat),
          recordText(link, index, sale),
          hash(`hash-${index}`, link.hash),
          hash(`signature-${index}`, link.signature),
        ],
      })),
      tall: detail.links.length > 12,
    }),
  ];
}

function checkSteps(batch) {
  const name = `transcript-${batch.id}`;
  const file = (ending) =>
    element('a', { href: `/transcripts/${name}.${ending}`, download: true }, `${name}.${ending}`);
  const command = (text) => element('pre', { tabindex: '0' }, element('code', {}, text));
  const step = (...children) => element('li', {}, ...children);
  return element(
    'ol',
    {},
    step('Download both files into one folder:', element('ul', { class: 'file-links' },
      step(file('json')), step(file('leaves')))),
    step('On your own computer run', command(`strikeoff verify ${name}.json`)),
    step('It recomputes every award and prints ', element('code', {}, 'ok'), ' with the number of '
      + 'bids and items, or the first thing that is wrong.'),
    step('If you bid, check your receipts against it too:',
      command(`strikeoff verify ${name}.json \\\n  --receipts receipts.json`)),
  );
}

function checkPart() {
  const { batch } = state;
  const limits = element(
    'details',
    { class: 'more', id: 'limits' },
    element('summary', {}, 'What this cannot prove'),
    element('p', {}, 'An operator can read sealed bids in its own database, refuse a bid without '
      + 'a trace, add a bid of a straw man before the end, or abort a batch. County and operator '
      + 'together can choose a draw.'),
  );
  const heading = element('h3', {}, 'Check it yourself');
  if (batch.status !== 'closed')
    return [
      heading,
      element('p', {}, 'When the batch has closed, its transcript can be downloaded here and '
        + 'every award in it recomputed.'),
      limits,
    ];
  return [
    heading,
    element('p', {}, 'The transcript holds all bids under pseudonyms, both secrets and every '
      + 'result. It can be had when the batch closes, or at the end of the sale where the county '
      + 'has chosen so.'),
    checkSteps(batch),
    limits,
  ];
}

// ---------------------------------------------------------------- API

function apiExamples() {
  const base = location.origin;
  const batch = state.batch?.id ?? 'BATCH_ID';
  const offered = state.detail?.items.rows?.find((item) => item.status === 'offered');
  const certificate = offered?.certificate_id ?? 'CERTIFICATE_ID';
  const example = (title, text) => [
    element('h3', {}, title),
    element('pre', { tabindex: '0', role: 'region', 'aria-label': title },
      element('code', {}, text)),
  ];
  return [
    ...example('List the sales', `curl ${base}/api/v1/auctions`),
    ...example('List the items of a batch, 200 at a time',
      `curl "${base}/api/v1/batches/${batch}/items?limit=200"`),
    element('p', {}, 'Every list answers ', element('code', {}, '{"items":[…],"next_cursor":…}'),
      '; ask again with ', element('code', {}, '&cursor='), ' and that value until it is null.'),
    ...example('Place a bid',
      'BID_ID=$(python3 -c "import secrets, time, uuid; print(uuid.UUID(int=\n'
      + '    time.time_ns() // 10**6 << 80 | 7 << 76 | secrets.randbits(12) << 64\n'
      + '    | 2 << 62 | secrets.randbits(62)))")\n'
      + `curl -X POST ${base}/api/v1/batches/${batch}/bids \\\n`
      + '  -H "Authorization: Bearer $STRIKEOFF_KEY" \\\n'
      + '  -H "Content-Type: application/json" \\\n'
      + `  -d '{"bid_id":"'$BID_ID'","certificate_id":"${certificate}","rate":"5.25"}'`),
    element('p', {}, 'The bid_id is a UUID of version 7 that you make, a new one for each bid. '
      + 'Sending the same bid twice is safe: the second answer is ',
    element('code', {}, 'replayed'), '. A new bid replaces your earlier one; send ',
    element('code', {}, '"kind":"withdraw"'), ' in the place of the rate to take it back. ',
    'Keep the ', element('code', {}, 'receipt'), ' of each answer: ',
    'it proves that the bid was accepted.'),
    ...example('List your own bids',
      `curl ${base}/api/v1/batches/${batch}/bids/mine \\\n`
      + '  -H "Authorization: Bearer $STRIKEOFF_KEY"'),
  ];
}

// ---------------------------------------------------------------- Page

function bannerPart() {
  if (state.unreachableSince !== null) {
    const since = format(zoneOf(state.sale), secondFormat).format(state.unreachableSince);
    return element('p', { class: 'alert alert-error sticky' }, element('strong', {},
      'The server cannot be reached.'), ` No answer since ${since}. What you see may be out of `
      + 'date; this page keeps trying.');
  }
  if (state.trouble)
    return element('p', { class: 'alert alert-warning' }, `The server answered: ${state.trouble}`);
  const wanted = address();
  const lost =
    (wanted.sale && state.sale && wanted.sale !== state.sale.id && 'sale') ||
    (wanted.batch && state.batch && wanted.batch !== state.batch.id && 'batch');
  if (lost)
    return element('p', { class: 'alert alert-warning' },
      `The ${lost} in this address is not public, or does not exist. You see another.`);
  return [];
}

function render() {
  const { sales, sale, batches, batch, detail } = state;
  show(byId('banner'), [state.unreachableSince, state.trouble, address(), sale?.id, batch?.id],
    bannerPart);
  byId('sales').hidden = (sales?.length ?? 0) < 2;
  byId('batches').hidden = sale === null;
  byId('batch').hidden = batch === null || detail?.batchId !== batch.id;
  if (sale === null) {
    const text = sales === null ? 'Loading the sales…' : 'No sale has been published here yet.';
    show(byId('sale'), text, () => element('p', { id: 'sale-heading' }, text));
  } else {
    show(byId('sales'), [sales, sale.id], salesSection);
    show(byId('sale'), [sale, soonest(batches)], saleSection);
    show(byId('batches'), [sale.id, sale.time_zone, batches, batch?.id], batchesSection);
  }
  document.title = sale ? `${sale.name} | Tax certificate sales` : 'Tax certificate sales';
  if (!byId('batch').hidden) {
    show(byId('batch-facts'), [batch, sale.time_zone, detail.links], factsPart);
    show(byId('batch-results'), [batch, detail.results], resultsPart);
    show(byId('batch-items'), [batch, detail.items], itemsPart);
    show(byId('batch-records'), [batch.id, sale.time_zone, detail.links], recordsPart);
    show(byId('batch-check'), [batch.id, batch.status], checkPart);
  }
  show(byId('api-examples'), [batch?.id, detail?.items.rows?.map((item) => item.status)],
    apiExamples);
  const now = serverNow();
  if (now !== null) tickTexts(now);
}

/** After a choice the reader goes on at what was chosen. */
function moveFocus() {
  if (!state.focus) return;
  byId(state.focus)?.focus();
  state.focus = '';
}

let lastTick = 0;
let tickTimer = 0;

function tick() {
  const now = serverNow();
  if (now !== null) {
    tickTexts(now);
    announceMarks(lastTick || now, now);
    lastTick = now;
  }
  speak();
  tickTimer = setTimeout(tick, 1000 - ((now ?? 0) % 1000));
}

function onAddress(event) {
  const before = new URLSearchParams(new URL(event.oldURL).hash.slice(1));
  const wanted = address();
  if (!wanted.sale && !wanted.batch) return;
  state.focus =
    wanted.sale === (before.get('sale') ?? state.sale?.id) ? 'batch-heading' : 'sale-heading';
  refresh();
}

function onVisibility() {
  clearTimeout(pollTimer);
  clearTimeout(tickTimer);
  if (document.hidden) return;
  clock.syncedAt = -Infinity; // The computer may have slept, and its clock with it.
  lastTick = 0;
  refresh();
  tick();
}

// The address holds the chosen sale and batch, so the link must not change it.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});
addEventListener('hashchange', onAddress);
document.addEventListener('visibilitychange', onVisibility);
render();
onVisibility();
