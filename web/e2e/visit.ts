// What somebody does who has never been here: finds a sale, watches a batch close, checks its draw.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { service, withPage } from './stage.ts';

const closeMs = 60_000; // A batch with thousands of bids on a busy machine.

/** How many rows the grid says that it has. */
const rowsOf = (page: Page) => page.getByRole('grid').getAttribute('aria-rowcount').then((text) => Number(text) - 1);

/** The county moves the end of a batch to so many seconds from now. */
async function closeIn(batch: string, seconds: number) {
  const { now } = (await (await fetch(`${service.origin}/api/v1/time`)).json()) as { now: string };
  const end_time = new Date(Date.parse(now) + seconds * 1000).toISOString();
  const answer = await service.ask('staff', 'POST', `/api/v1/batches/${batch}/end`, { end_time, reason: 'The office closes early.' });
  assert.equal(answer.status, 200, await answer.text());
}

/** Both published files, as the page's own links give them. */
async function takeFiles(page: Page): Promise<[transcript: Buffer, leaves: Buffer]> {
  const take = async (name: string) => {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    return readFileSync(await (await coming).path());
  };
  return [await take('Download the transcript'), await take('Download the leaves')];
}

async function verdictOf(page: Page, transcript: Buffer, leaves: Buffer): Promise<string> {
  await page.getByLabel(/^The transcript/).setInputFiles([
    { name: 'batch.json', mimeType: 'application/json', buffer: transcript },
    { name: 'batch.leaves', mimeType: 'application/octet-stream', buffer: leaves },
  ]);
  // By its place: what its button says changes while it works.
  const own = page.getByRole('region', { name: 'Check it here' }).last();
  await own.getByRole('button', { name: 'Make the draw again' }).click();
  const verdict = own.getByRole('status').locator('.usa-alert').first();
  await verdict.waitFor({ timeout: closeMs });
  return verdict.innerText();
}

/** The same bytes but for one. */
function doctored(file: Buffer, at: number, byte: (old: number) => number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = byte(copy[at] ?? 0);
  assert.ok(!copy.equals(file));
  return copy;
}

const otherDigit = (old: number) => (old === 0x31 ? 0x32 : 0x31); // Another digit, hexadecimal or not.

test('a visitor finds a sale, sees a batch close, makes its draw again and finds every lie', () =>
  withPage(async (page) => {
    await page.goto('/');
    await page.getByRole('listitem').filter({ hasText: 'Columbia County' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Rules of this sale' }).waitFor();
    await page.getByRole('link', { name: /^See all [\d,]+ certificates/ }).click();
    await page.getByRole('grid').getByRole('row').nth(3).waitFor();
    const all = await rowsOf(page);
    const batch = page.locator('label', { hasText: 'Batch' }).getByRole('combobox');
    const second = await batch.locator('option[value="2"]').innerText();
    await batch.selectOption('2');
    const inSecond = Number(/\(([\d,]+)\)/.exec(second)?.[1]?.replace(',', ''));
    await page.waitForFunction((rows) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === rows, String(inSecond + 1));
    assert.ok(inSecond > 0 && inSecond < all);
    await page.locator('label', { hasText: 'Status' }).getByRole('combobox').selectOption('offered');
    await page.waitForURL(/status=offered/);
    await page.getByRole('grid').getByRole('row', { name: /Offered/ }).first().getByRole('link').click();
    await page.getByText('Sealed until the batch closes.').waitFor();
    await page.getByRole('link', { name: 'Batch 2', exact: true }).click();
    await page.getByText('Open for bids').waitFor();
    await page.getByText('Results stand here once the batch has closed').waitFor();
    assert.ok(page.url().endsWith(service.closing));

    // Nobody reloads: the page hears of the new end and of the close by itself.
    await closeIn(service.closing, 12);
    await page.getByText(/^closes in (1[0-2]|[1-9]) s$/).waitFor();
    await page.locator('.status-closed').waitFor({ timeout: closeMs });
    await page.getByRole('grid').getByRole('row').nth(3).waitFor({ timeout: closeMs });
    assert.equal(await rowsOf(page), inSecond);

    const [transcript, leaves] = await takeFiles(page);
    await page.getByRole('link', { name: 'Check the draw of this batch' }).click();
    await page.getByRole('button', { name: 'Make the draw again' }).first().click();
    await page.getByText('Everything is right').waitFor({ timeout: closeMs });

    assert.match(await verdictOf(page, transcript, leaves), /^Everything is right/);
    const text = transcript.toString('latin1');
    const award = text.indexOf('"awarded"');
    const rate = text.indexOf('"', text.indexOf(',', award + 40)) + 1;
    const signature = text.lastIndexOf('"signature":"') + '"signature":"'.length;
    const lies: [what: string, file: [Buffer, Buffer], verdict: RegExp][] = [
      ['an award', [doctored(transcript, rate, otherDigit), leaves], /changed after it was signed.*verify\.(signature|form)/s],
      ['the signature', [doctored(transcript, signature, otherDigit), leaves], /changed after it was signed.*not that of the key over this file/s],
      ['the form', [doctored(transcript, 0, () => 0x5b), leaves], /not written as the service writes it.*verify\.form/s],
      ['a rate in a leaf', [transcript, doctored(leaves, 104 * 3 + 75, (old) => old ^ 1)], /not the bids that were signed.*leaf 4 of|not the bids that were signed/s],
      ['a blind in a leaf', [transcript, doctored(leaves, 104 * 5 + 100, (old) => old ^ 1)], /not the bids that were signed.*leaf 6 of [\d]+: its blind/s],
      ['a bid left out', [transcript, leaves.subarray(104)], /not the bids that were signed.*bytes are due/s],
    ];
    for (const [what, files, verdict] of lies) {
      const said = await verdictOf(page, ...files);
      assert.match(said, /^This is not right/, what);
      assert.match(said, verdict, what);
    }
  }));

test('the calculator knows the least interest and counts the months of the calendar', () =>
  withPage(async (page) => {
    const fact = (name: string) => page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
    await page.goto(`/sales/${service.auction}/items/1`);
    await page.getByRole('link', { name: 'What would it return?' }).click();
    await page.getByLabel('Face, in dollars').fill('1000.00');
    await page.getByLabel('Rate of the award, in percent a year').fill('18');
    await page.getByLabel('Day of the sale').fill('2026-06-30');
    await page.getByLabel('Day of the redemption').fill('2026-09-01');
    assert.equal(await fact('Months that count'), '4 (June 2026 to September 2026)');
    assert.equal(await fact('Interest paid'), '$60.00 (the rate counts)');
    assert.equal(await fact('You receive'), '$1,060.00');
    assert.equal(await fact('The owner pays'), '$1,066.25, with the collector’s fee of $6.25');
    await page.getByLabel('Rate of the award, in percent a year').fill('0.25');
    assert.equal(await fact('Interest paid'), '$50.00 (the minimum counts)');
    await page.getByLabel('Rate of the award, in percent a year').fill('0');
    assert.equal(await fact('You receive'), '$1,000.00');
    await page.getByLabel('Day of the redemption').fill('2026-05-31');
    await page.getByText('A day from the month of the sale on, within seven years.').waitFor();
    assert.equal(await page.getByText('You receive').count(), 0, 'no answer to what cannot be');
  }));
