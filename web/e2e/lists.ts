// The lists of the site: the one grid of items, results and bids, its map, its files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { axe } from './browser.ts';
import { service, withPage } from './stage.ts';

/** Answers for the catalogue of a sale of so many items. */
async function pretend(page: Page, all: number) {
  const [first] = ((await (await fetch(`${service.origin}/api/v1/auctions/${service.auction}/items?limit=1`)).json()) as { items: { adv_no: number }[] }).items;
  await page.route(/\/api\/v1\/auctions\/[^/]+\/items\?/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('offset') ?? 0);
    const items = Array.from({ length: Math.max(0, Math.min(200, all - from)) }, (_unused, at) => ({ ...first, adv_no: from + at + 1 }));
    return route.fulfill({ json: { items, next_cursor: null } });
  });
  await page.route(/\/facets/, (route) => route.fulfill({ json: { total: all, face: '123456789.00', batch: [], status: [], city: [], use_code: [], homestead: [] } }));
}

test('the grid holds a hundred thousand rows, puts few of them on the page and knows its end', () =>
  withPage(async (page) => {
    await pretend(page, 100_000);
    await page.goto(`/sales/${service.auction}/items`);
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(5).waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), '100001');
    const scroller = page.locator('.grid-scroll');
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    const middle = grid.locator('[aria-rowindex]:not([aria-busy=true])');
    await page.waitForFunction(() => [...document.querySelectorAll('.grid-body [role=row]')].some((row) => Number(row.getAttribute('aria-rowindex')) > 49_000 && row.getAttribute('aria-busy') === 'false'));
    assert.ok((await middle.count()) > 5);
    assert.ok((await grid.getByRole('row').count()) < 100);
    await grid.locator('[data-cell="-1:0"]').focus();
    await page.keyboard.press('Control+End');
    await page.waitForFunction(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') === '100001');
    await grid.getByRole('link', { name: '100000', exact: true }).waitFor();
    // The row with the focus stays on the page however far one scrolls away from it.
    await scroller.evaluate((element) => element.scrollTo(0, 0));
    await grid.getByRole('link', { name: '1', exact: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')), '100001');
    await grid.getByRole('columnheader').getByRole('checkbox').click({ force: true });
    await page.getByText('100,000 rows chosen').waitFor();
    await page.getByRole('checkbox', { name: 'Choose Certificate 3', exact: true }).click({ force: true });
    await page.getByText('99,999 rows chosen').waitFor();
    await page.getByRole('button', { name: 'Choose none' }).click();
    await page.getByRole('checkbox', { name: 'Choose Certificate 3', exact: true }).click({ force: true });
    await page.getByRole('button', { name: 'Choose all 100,000 matching' }).click();
    await page.getByText('100,000 rows chosen').waitFor();
  }));

test('the grid is worked by keys, sorts and filters at the service, and keeps its state in the address', () =>
  withPage(async (page) => {
    await page.goto(`/sales/${service.auction}/items`);
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(3).waitFor();
    const left = (cell: string) => grid.locator(`[data-cell="${cell}"]`).boundingBox().then((box) => Math.round(box?.x ?? -1));
    for (const column of [1, 4, 8]) assert.equal(await left(`-1:${column}`), await left(`0:${column}`), `column ${column} stands under its header`);
    await grid.locator('[data-cell="-1:0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-cell') === '1:1');
    await page.keyboard.press('Space');
    await page.getByText('1 row chosen').waitFor();
    await page.getByRole('button', { name: 'Sort by Face' }).click();
    await page.getByRole('button', { name: 'Sort by Face' }).click();
    await page.waitForURL(/sort=-face/);
    await page.locator('label', { hasText: 'Batch' }).getByRole('combobox').selectOption('1');
    await page.waitForURL(/batch=/);
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByLabel('Owner', { exact: true }).uncheck();
    await page.waitForURL(/hide=/);
    await page.reload();
    await grid.getByRole('row').nth(3).waitFor();
    assert.equal(await grid.getByRole('columnheader', { name: 'Owner' }).count(), 0);
    assert.equal(await grid.locator('[aria-sort="descending"]').count(), 1);
    await page.locator('summary', { hasText: 'Saved views' }).click();
    await page.getByLabel('Name of this view').fill('dear ones');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.goto(`/sales/${service.auction}/items`);
    await page.locator('summary', { hasText: 'Saved views' }).click();
    await page.getByRole('button', { name: 'dear ones', exact: true }).click();
    await page.waitForURL(/sort=-face/);
  }));

test('a view that was removed can be had back until it is too late', () =>
  withPage(async (page) => {
    await page.clock.install();
    await page.goto(`/sales/${service.auction}/items?status=offered`);
    const menu = page.locator('summary', { hasText: 'Saved views' });
    const view = page.getByRole('button', { name: 'mine', exact: true });
    await menu.click();
    await page.getByLabel('Name of this view').fill('mine');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await view.waitFor();
    const remove = async () => {
      await page.getByRole('button', { name: 'Remove the view mine' }).click();
      await view.waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SUMMARY', 'focus does not go with the button');
    };
    await remove();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await menu.click(); // It closed as the focus left it.
    await view.waitFor();
    await remove();
    await page.keyboard.press('Control+z');
    await view.waitFor();
    // The deadline waits while one is at it, and then comes.
    await remove();
    await page.getByRole('button', { name: /^Undo/ }).focus();
    await page.clock.runFor(12_000);
    await page.getByRole('button', { name: /^Undo/ }).waitFor();
    await menu.focus();
    await page.clock.runFor(11_000);
    await page.getByRole('button', { name: /^Undo/ }).waitFor({ state: 'detached' });
    await page.reload();
    await menu.click();
    await page.getByText('None yet. A view is kept in this browser.').waitFor();
  }));

test('what is found can be taken along as CSV and as XLSX', () =>
  withPage(async (page) => {
    await page.goto(`/sales/${service.auction}/items?batch=1`);
    await page.getByRole('grid').getByRole('row').nth(3).waitFor();
    for (const [kind, beginning] of [['CSV', 'adv_no,batch,'], ['XLSX', 'PK']] as const) {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: kind, exact: true }).click();
      const text = readFileSync(await (await coming).path(), 'latin1');
      assert.ok(text.startsWith(beginning), `${kind}: ${text.slice(0, 60)}`);
      assert.ok(text.length > 1_000);
    }
  }));

/** The numbers in the first column, from the top. */
const numbersIn = async (page: Page): Promise<number[]> =>
  (await page.getByRole('grid').getByRole('rowheader').allInnerTexts()).map(Number);

const read = async <T>(path: string): Promise<T> => (await (await fetch(service.origin + path)).json()) as T;

interface Results {
  items: { adv_no: number; bids: number; rate: string | null; parcel_id: string }[];
}

test('the results of a batch are sorted, narrowed and taken along as the service has them', () =>
  withPage(async (page) => {
    const path = `/api/v1/batches/${service.closed}/results`;
    const { items: dearest } = await read<Results>(`${path}?sort=-face&limit=3`);
    const { items: drawn } = await read<Results>(`${path}?sort=-face&drawn=true&limit=200`);
    await page.goto(`/batches/${service.closed}`);
    await page.getByRole('grid').getByRole('row').nth(3).waitFor();
    await page.getByRole('button', { name: 'Sort by Face' }).click();
    await page.getByRole('button', { name: 'Sort by Face' }).click();
    await page.waitForURL(/sort=-face/);
    await page.waitForFunction((first) => document.querySelector('.grid-body [role=rowheader]')?.textContent === first, String(dearest[0]?.adv_no));
    assert.deepEqual((await numbersIn(page)).slice(0, 3), dearest.map((each) => each.adv_no));
    await page.locator('label', { hasText: 'Decided by' }).getByRole('combobox').selectOption('true');
    await page.waitForURL(/drawn=true/);
    await page.waitForFunction((rows) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === rows, String(drawn.length + 1));
    await page.reload();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    assert.deepEqual((await numbersIn(page)).slice(0, 3), drawn.slice(0, 3).map((each) => each.adv_no), 'the address keeps it');
    await page.getByRole('columnheader').getByRole('checkbox').click({ force: true });
    await page.getByRole('checkbox', { name: `Choose Certificate ${drawn[0]?.adv_no}`, exact: true }).click({ force: true });
    await page.getByText(`${drawn.length - 1} rows chosen`).waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    const lines = readFileSync(await (await coming).path(), 'utf8').trim().split('\n');
    assert.equal(lines.length, drawn.length + 1);
    assert.ok(lines[0]?.startsWith('adv_no,parcel_id,face,status,rate,'));
    const workbook = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export chosen' }).click();
    assert.ok(readFileSync(await (await workbook).path(), 'latin1').startsWith('PK'));
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await page.getByLabel('Search').fill(dearest[1]?.parcel_id ?? '');
    await page.getByLabel('Search').press('Enter');
    await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '2');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT', 'focus stays where one types');
  }));

test('all bids on an item of a closed batch are shown, searched and taken along', () =>
  withPage(async (page) => {
    const { items } = await read<Results>(`/api/v1/batches/${service.closed}/results?sort=-bids&limit=1`);
    const [most] = items;
    assert.ok(most && most.bids > 1);
    await page.goto(`/batches/${service.closed}?sort=-bids`);
    await page.getByRole('link', { name: `Show ${most.bids} bids` }).first().click();
    await page.getByRole('heading', { name: `Bids on item ${most.adv_no}` }).waitFor();
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(2).waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), String(most.bids + 1));
    assert.equal(await grid.getByText('✓ Won').count(), 1);
    assert.deepEqual(await axe(page), []);
    const bidder = await grid.getByRole('rowheader').nth(1).innerText();
    await page.getByLabel('Bidder (pseudonym)').fill(bidder.slice(0, 12));
    await page.getByLabel('Bidder (pseudonym)').press('Enter');
    await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '2');
    assert.equal(await grid.getByRole('rowheader').innerText(), bidder);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    assert.match(readFileSync(await (await coming).path(), 'utf8'), new RegExp(`^bidder,rate,accepted_at,awarded\n${bidder},[0-9.]+,[^,]+,(yes|no)\n$`));
    await page.getByLabel('Bidder (pseudonym)').fill('no such');
    await page.getByLabel('Bidder (pseudonym)').press('Enter');
    await page.getByText('No bid is of such a bidder.').waitFor();
  }));

/** What the roll says of where the first items of the last batch lie: two points, and a city. */
function placeParcels() {
  const places = [[-82.6, 29.9, 'Lake City'], [-82.55, 29.95, 'Fort White'], [null, null, 'Lake City']] as const;
  for (const [at, [longitude, latitude, city]] of places.entries())
    service.sql(`UPDATE properties SET city = '${city}', coordinates = ${longitude === null ? 'NULL' : `point(${longitude}, ${latitude})`} WHERE id = (
      SELECT c.property_id FROM batch_certificates l JOIN certificates c ON c.id = l.certificate_id
      WHERE l.batch_id = '${service.open}' ORDER BY l.adv_no OFFSET ${at} LIMIT 1)`);
}

test('the map shows what the roll says and nothing else, and a table says the same', () =>
  withPage(async (page) => {
    const { items } = await read<Results>(`/api/v1/auctions/${service.auction}/items?batch=3&limit=3`);
    await page.goto(`/sales/${service.auction}/items?view=map&batch=3`);
    await page.getByText(/^None of the [\d,]+ certificates looked at has coordinates/).waitFor();
    await page.locator('.map[data-points="0"]').waitFor();
    placeParcels();
    await page.reload();
    await page.getByText(/^2 of the [\d,]+ certificates looked at have coordinates\./).waitFor();
    await page.locator('.map[data-points="2"]').waitFor();
    const points = page.getByRole('table', { name: /^The points of the map/ });
    const cells = await points.getByRole('row').nth(2).getByRole('cell').allInnerTexts();
    assert.deepEqual([cells[0], cells[2]], [items[1]?.parcel_id, '29.9500, -82.5500']);
    const cities = page.getByRole('table', { name: 'Certificates by city' });
    await cities.getByRole('row', { name: /Fort White/ }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await points.getByRole('link', { name: String(items[0]?.adv_no), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `Certificate ${items[0]?.adv_no}` }).waitFor();
  }));

test('a county gives its pages a name and colours, and only such as can be read', () =>
  withPage(async (page) => {
    const branding = { name: 'Office of the Tax Collector', header: '#5c1a1b', accent: '#0b4778', accent_text: '#ffffff' };
    const put = (body: object) => service.ask('staff', 'PUT', `/api/v1/counties/${service.county}/branding`, body);
    assert.equal((await put({ ...branding, header: '#ff9999' })).status, 422);
    assert.equal((await put(branding)).status, 200);
    await page.goto(`/sales/${service.auction}/items`);
    await page.getByRole('banner').getByRole('link', { name: branding.name }).waitFor();
    const color = () => page.getByRole('banner').evaluate((header) => getComputedStyle(header).backgroundColor);
    assert.equal(await color(), 'rgb(92, 26, 27)');
    assert.deepEqual(await axe(page), []);
    // The site's own pages look like the site.
    await page.getByRole('link', { name: 'How it works' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Tax certificate sales' }).waitFor();
    assert.notEqual(await color(), 'rgb(92, 26, 27)');
  }));

test('rows that could not be read are missed and not made up', () =>
  withPage(async (page) => {
    await pretend(page, 100_000);
    await page.goto(`/sales/${service.auction}/items`);
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(5).waitFor();
    await page.waitForLoadState('networkidle');
    await page.unroute(/\/api\/v1\/auctions\/[^/]+\/items\?/);
    await page.route(/\/items\?.*offset=/, (route) => route.abort('connectionrefused'));
    await page.locator('.grid-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    await page.getByText('Some rows could not be loaded.').waitFor();
    assert.ok((await grid.locator('[role=row][aria-busy=true]').count()) > 5);
    await page.unroute(/\/items\?.*offset=/);
    await pretend(page, 100_000);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Some rows could not be loaded.').waitFor({ state: 'detached' });
    await page.waitForFunction(() => !document.querySelector('.grid-body [aria-busy=true]'));
  }));
