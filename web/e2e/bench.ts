// node e2e/bench.ts [lighthouse|grid|verifier]: how fast the site is that STRIKEOFF serves, and
// whether it keeps its limits. The exit code says so too.
import { mkdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import type { Page } from 'playwright-core';

import { startBrowser } from './browser.ts';
import { measureVerifier } from './bench_verifier.ts';
import { measurePages } from './bench_lighthouse.ts';
import { check, failures } from './bench_limits.ts';
import { scrollThrough, timed, untilRow } from './bench_grid.ts';
import { type Service, startService } from './service.ts';

const binary = process.env['STRIKEOFF'];
if (!binary) throw new Error('STRIKEOFF names the program');
const parts = process.argv.slice(2);
const wanted = (part: string) => parts.length === 0 || parts.includes(part);
const rowsWanted = Number(process.env['ROWS'] ?? 100_000);

/** The demo's parcels again and again under numbers of their own. */
function manyParcels(copies: number): string {
  const [header = '', ...lines] = gunzipSync(readFileSync('../demo/parcels.csv.gz')).toString().trimEnd().split('\n');
  // No field before the number is quoted, so it stands between the second and the third comma.
  const again = (line: string, copy: number) => line.replace(/^([^,]*,[^,]*,[^,]*)/, `$1-${copy}`);
  const out = [header];
  for (let copy = 1; copy <= copies; ++copy) for (const line of lines) out.push(again(line, copy));
  return `${out.join('\n')}\n`;
}

async function ok<T>(answer: Promise<Response>, what: string): Promise<T> {
  const reply = await answer;
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${what}: ${reply.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}

/** A published sale with at least so many items, by way of the importer. */
async function largeSale(service: Service, rows: number): Promise<string> {
  const { county, ask } = service;
  const copies = Math.ceil(rows / 3_000);
  const staged = await ok<{ id: string }>(ask('staff', 'POST', `/api/v1/counties/${county}/imports/parcels`, manyParcels(copies), 'text/csv'), 'import');
  await ok(ask('deputy', 'POST', `/api/v1/approvals/${staged.id}/approve`), 'approval of the import');
  const year = 2031;
  const due = await ok<{ created: number; straight_to_county: number }>(
    ask('staff', 'POST', `/api/v1/counties/${county}/delinquent`, { tax_year: year, seed: 7, percent: 100 }), 'delinquent parcels');
  const all = due.created - due.straight_to_county;
  if (all < rows) throw new Error(`${all} certificates are fewer than ${rows}`);
  const sale = await ok<{ id: string }>(ask('staff', 'POST', `/api/v1/counties/${county}/auctions`, { name: 'A large sale', tax_year: year }), 'auction');
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const batches = Math.ceil(rows / 25_000);
  for (let batch = 0; batch < batches; ++batch) {
    const adv_from = batch * 25_000 + 1;
    const adv_to = Math.min(rows, adv_from + 24_999);
    await ok(ask('staff', 'POST', `/api/v1/auctions/${sale.id}/batches`, { start_time: days(20), end_time: days(30 + batch), adv_from, adv_to }), 'batch');
  }
  await ok(ask('staff', 'POST', `/api/v1/auctions/${sale.id}/publish`), 'publication');
  return sale.id;
}

/** What one does with a list, each timed until it can be seen. */
async function measureGrid(page: Page, origin: string, auction: string, rows: number) {
  const grid = page.getByRole('grid');
  const exact = rows.toLocaleString('en-US');
  const address = `${origin}/sales/${auction}/items`;
  check('grid: first rows', await timed(async () => {
    await page.goto(address);
    await untilRow(page, 0);
  }), 4_000, 'ms');
  await page.waitForFunction((count) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(count + 1), rows);
  const scrolled = await scrollThrough(page, 8_000);
  process.stdout.write(`grid: ${scrolled.rows} rows scrolled past in ${scrolled.frames} frames, the longest ${Math.round(scrolled.longestMs)} ms\n`);
  check('grid: frames with a gap', scrolled.gaps, 0, 'frames');
  check('grid: frames with a row that has not come', scrolled.coming, 0, 'frames');
  await grid.locator('[data-cell="-1:0"]').focus();
  check('grid: to the last row by keys', await timed(async () => {
    await page.keyboard.press('Control+End');
    await untilRow(page, rows - 1);
  }), 2_500, 'ms');
  await page.keyboard.press('Control+Home');
  await untilRow(page, 0);
  check('grid: select all matching', await timed(async () => {
    await page.locator('[data-cell="0:0"]').click();
    await page.getByRole('button', { name: `Choose all ${exact} matching` }).click();
    await page.getByText(`${exact} rows chosen`).waitFor();
  }), 500, 'ms');
  await page.getByRole('button', { name: 'Choose none' }).click();
  check('grid: another column', await timed(async () => {
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByLabel('Address', { exact: true }).check();
    await grid.getByRole('columnheader', { name: 'Address' }).waitFor();
  }), 500, 'ms');
  await page.keyboard.press('Escape');
  check('grid: sort', await timed(async () => {
    await page.getByRole('button', { name: 'Sort by Face' }).click();
    await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-busy') === 'false' && document.querySelector('[aria-sort=ascending]')?.textContent?.startsWith('Face'));
  }), 2_500, 'ms');
  await page.locator('summary', { hasText: 'Saved views' }).click();
  await page.getByLabel('Name of this view').fill('by face');
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.goto(address);
  await untilRow(page, 0);
  check('grid: saved view', await timed(async () => {
    await page.locator('summary', { hasText: 'Saved views' }).click();
    await page.getByRole('button', { name: 'by face', exact: true }).click();
    await page.waitForURL(/sort=face/);
    await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-busy') === 'false');
  }), 2_500, 'ms');
  for (const [kind, limit] of [['CSV', 15_000], ['XLSX', 25_000]] as const) {
    let size = 0;
    check(`grid: all rows as ${kind}`, await timed(async () => {
      const coming = page.waitForEvent('download', { timeout: 120_000 });
      await page.getByRole('button', { name: kind, exact: true }).click();
      const file = readFileSync(await (await coming).path());
      size = file.length;
      if (kind === 'CSV' && file.toString().trimEnd().split('\n').length !== rows + 1) throw new Error('rows are missing in the file');
    }), limit, 'ms');
    process.stdout.write(`grid: ${kind} of ${(size / 1e6).toFixed(1)} MB\n`);
  }
}

mkdirSync('../build/bench/web', { recursive: true });
const service = await startService(binary);
try {
  if (wanted('lighthouse')) await measurePages(service);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(60_000);
    if (wanted('verifier')) await measureVerifier(page, service.origin, '../build/bench/web');
    if (wanted('grid')) await measureGrid(page, service.origin, await largeSale(service, rowsWanted), rowsWanted);
  } finally {
    await browser.close();
  }
} finally {
  await service.stop();
}
process.exitCode = failures() === 0 ? 0 : 1;
