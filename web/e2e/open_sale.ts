// A sale in the open format: everybody sees who leads, and every bid.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { axe } from './browser.ts';
import { json, patienceMs, post, read, service, withPage } from './stage.ts';

const saleMs = 3_600_000;
const face = '512.34';

/** A UUIDv7, as a client makes one. */
function bidId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = crypto.randomUUID().slice(15);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${rest.slice(4)}`;
}

interface OpenSale {
  auction: string;
  batch: string;
  bid: (rate: string) => Promise<void>;
}

/** A sale of one certificate that takes open bids, and somebody who places them. */
async function openSale(): Promise<OpenSale> {
  const county = `/api/v1/counties/${service.county}`;
  const { items } = await read<{ items: { parcel_id: string }[] }>(`/api/v1/auctions/${service.auction}/items?batch=2&sort=-number&limit=1`);
  const list = `Adv No.,Parcel No.,Face Amount\n1,${items[0]?.parcel_id},${face}\n`;
  const { id: staged } = await post<{ id: string }>(`${county}/imports/advertised?tax_year=2019`, list, 'text/csv');
  await json(await service.ask('deputy', 'POST', `/api/v1/approvals/${staged}/approve`));
  const settings = { group_freeze_hours: 0, format: 'open', extension_minutes: 5, w9_yearly: false };
  const { id: auction } = await post<{ id: string }>(`${county}/auctions`, { name: 'Open sale', tax_year: 2019, settings });
  const { now } = await read<{ now: string }>('/api/v1/time');
  const end_time = new Date(Date.parse(now) + saleMs).toISOString();
  const { id: batch } = await post<{ id: string }>(`/api/v1/auctions/${auction}/batches`, { start_time: now, end_time, adv_from: 1, adv_to: 1 });
  await json(await service.ask('staff', 'POST', `/api/v1/auctions/${auction}/publish`));
  const { id: user_id, key } = service.investor;
  const known = await service.ask('staff', 'GET', `/api/v1/auctions/${service.auction}/bidders/${user_id}`);
  const { bidder_number, name } = await json<{ bidder_number: string; name: string }>(known);
  const papers = { tax_form: { kind: 'w9', form_year: 2026 }, agreement_signed: true };
  await post(`/api/v1/auctions/${auction}/bidders`, { user_id, bidder_number, name, deposits: '1000.00', ...papers });
  for (const end = Date.now() + patienceMs; ; await new Promise((done) => setTimeout(done, 200))) {
    if ((await read<{ status: string }>(`/api/v1/batches/${batch}`)).status === 'open') break;
    assert.ok(Date.now() < end, 'the open sale did not open');
  }
  const lots = await read<{ items: { certificate_id: string }[] }>(`/api/v1/auctions/${auction}/items`);
  const bid = async (rate: string) => {
    const body = JSON.stringify({ bid_id: bidId(), certificate_id: lots.items[0]?.certificate_id, rate });
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    await json(await fetch(`${service.origin}/api/v1/batches/${batch}/bids`, { method: 'POST', headers, body }));
  };
  return { auction, batch, bid };
}

test('an open sale shows who leads, and every bid as it comes', () =>
  withPage(async (page) => {
    const sale = await openSale();
    await page.goto(`/sales/${sale.auction}`);
    await page.getByText('Open bids: everybody sees them').waitFor();
    await page.getByText('move the end of their item when they come in its last 5 minutes').waitFor();

    await page.goto(`/batches/${sale.batch}`);
    await page.getByText('No item has a bid yet.').waitFor();
    await sale.bid('18.00');
    const lead = page.getByRole('table', { name: 'The lowest bid on each item so far' }).getByRole('row').nth(1);
    await lead.getByText('18.00%').waitFor();
    await sale.bid('12.25');
    await lead.getByText('12.25%').waitFor();

    await lead.getByRole('link').click();
    const bids = page.getByRole('table', { name: 'The bids, the latest first' });
    await bids.getByText('12.25%').waitFor();
    await bids.getByText('18.00%').waitFor();
    await page.getByRole('heading', { name: 'Bidding', exact: true }).waitFor();
    await page.getByText('Lowest bid').waitFor();
    for (const path of [`/batches/${sale.batch}`, `/sales/${sale.auction}/items/1`, `/sales/${sale.auction}`]) {
      await page.goto(path);
      await page.getByText(/12\.25%|Open bids: everybody/).first().waitFor();
      for (const [width, colorScheme] of [[1280, 'dark'], [320, 'dark'], [320, 'light']] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axe(page), [], path);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} pixels hold ${path}`);
      }
    }
  }));
