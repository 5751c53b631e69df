// A parcel with a past: what an earlier sale made of its certificate.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { axe } from './browser.ts';
import { json, patienceMs, post, read, service, withPage } from './stage.ts';

const saleMs = 3_000;

/** The county sells one certificate of another year, in a sale of a few seconds that nobody bids in. */
async function sellOnce(parcel: string, tax_year: number): Promise<void> {
  const county = `/api/v1/counties/${service.county}`;
  const list = `Adv No.,Parcel No.,Face Amount\n1,${parcel},512.34\n`;
  const { id: staged } = await post<{ id: string }>(`${county}/imports/advertised?tax_year=${tax_year}`, list, 'text/csv');
  await json(await service.ask('deputy', 'POST', `/api/v1/approvals/${staged}/approve`));
  const settings = { group_freeze_hours: 0, reveal_minutes: 0 };
  const { id } = await post<{ id: string }>(`${county}/auctions`, { name: `Sale of the taxes of ${tax_year}`, tax_year, settings });
  const { now } = await read<{ now: string }>('/api/v1/time');
  const end_time = new Date(Date.parse(now) + saleMs).toISOString();
  const batch = await post<{ id: string }>(`/api/v1/auctions/${id}/batches`, { start_time: now, end_time, adv_from: 1, adv_to: 1 });
  await json(await service.ask('staff', 'POST', `/api/v1/auctions/${id}/publish`));
  const commitments = [{ batch_id: batch.id, commitment: randomBytes(32).toString('hex') }];
  await post(`/api/v1/auctions/${id}/commitments`, { commitments });
  for (const end = Date.now() + patienceMs; Date.now() < end; await new Promise((done) => setTimeout(done, 200)))
    if ((await read<{ status: string }>(`/api/v1/batches/${batch.id}`)).status === 'closed') return;
  assert.fail('the earlier sale did not close');
}

test('the page of an item tells what became of the parcel’s certificate of another year', () =>
  withPage(async (page) => {
    const { tax_year } = await read<{ tax_year: number }>(`/api/v1/auctions/${service.auction}`);
    const { items } = await read<{ items: { adv_no: number; parcel_id: string }[] }>(`/api/v1/auctions/${service.auction}/items?batch=3&sort=-number&limit=2`);
    const [item, other] = items;
    assert.ok(item && other);
    const path = `/sales/${service.auction}/items/${item.adv_no}`;
    await page.goto(path);
    await page.getByText('There are no other public certificates of this parcel.').waitFor();
    await sellOnce(item.parcel_id, tax_year - 1);
    await page.reload();
    const row = page.getByRole('table', { name: 'Other certificates of this parcel' }).getByRole('row').nth(1);
    await row.waitFor();
    const cells = (await row.locator('th, td').allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(cells.slice(0, 5), [String(tax_year - 1), `${tax_year - 1}-000001`, 'Sold', '$512.34', '18.00%']);
    assert.match(cells[5] ?? '', /^[A-Z][a-z]{2} \d+, \d{4}$/, 'the day of its issue');
    assert.equal(cells[6], '–');
    for (const [width, colorScheme] of [[1280, 'dark'], [320, 'dark'], [320, 'light']] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await axe(page), []);
      const region = page.getByRole('region', { name: 'Other certificates of this parcel' });
      assert.ok(await region.evaluate((each) => each.scrollWidth <= each.clientWidth), `${width} pixels hold the table`);
    }
    await page.goto(`/sales/${service.auction}/items/${other.adv_no}`);
    await page.getByText('There are no other public certificates of this parcel.').waitFor();
  }));
