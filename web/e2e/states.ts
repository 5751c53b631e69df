// What a page says while it waits, when it has nothing, when something is wrong, and to whom it
// is not for: each brought about as it comes about, and known by its words.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { BrowserContext, Page } from 'playwright-core';

import { axe } from './browser.ts';
import { bare, patienceMs, service, withPage } from './stage.ts';

const nowhere = '01a0c459-9d3b-7fe6-aaad-a4d044eab9bc';
const api = '**/api/**';

/** Every page that asks the service for something, and what stands on it when it has answered. */
const asking = (): [path: string, text: string | RegExp][] => [
  ['/', 'Under way'],
  [`/counties/${service.county}`, 'Times are those of America/New_York.'],
  [`/sales/${service.auction}`, 'Rules of this sale'],
  [`/sales/${service.auction}/items`, /certificates, \$[\d,.]+ together/],
  [`/sales/${service.auction}/items?view=map`, /certificates, \$[\d,.]+ together/],
  [`/sales/${service.auction}/items/1`, 'Parcel number'],
  [`/batches/${service.closed}`, 'Check the draw of this batch'],
  [`/batches/${service.closed}/items/1`, 'See the item'],
  ['/verify', 'Batch to check'],
];

/** Looks at all of them at once, each in a page of its own. */
const onEach = (context: BrowserContext, look: (page: Page, path: string, text: string | RegExp) => Promise<void>) =>
  Promise.all(asking().map(async ([path, text]) => {
    const page = await context.newPage();
    await look(page, path, text).catch((error: unknown) => {
      throw new Error(`${path}: ${String(error)}`, { cause: error });
    });
    await page.close();
  }));

test('a page that waits for the service says so', () =>
  withPage(async (_page, context) => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((done) => (answer = done));
    await context.route(api, async (route) => {
      await held;
      await route.continue();
    });
    const waiting = onEach(context, async (page, path, text) => {
      await page.goto(path);
      await page.locator('main').getByText('Loading…').first().waitFor();
      assert.equal(await page.getByText(text).count(), 0);
      ready.delete(path);
      if (ready.size === 0) answer();
      await page.getByText(text).first().waitFor();
    });
    const ready = new Set(asking().map(([path]) => path));
    await waiting;
  }));

test('a page that the service does not answer says so, and tries again when it is told to', () =>
  withPage(async (_page, context) => {
    await context.route(api, (route) => route.abort('connectionrefused'));
    const failed: string[] = [];
    const all = asking().length;
    let answers: () => void = () => undefined;
    const again = new Promise<void>((done) => (answers = done));
    await onEach(context, async (page, path, text) => {
      await page.goto(path);
      await page.getByText('The service could not be reached.').first().waitFor();
      assert.equal(await page.getByText(text).count(), 0);
      if (failed.push(path) === all) {
        await context.unroute(api);
        answers();
      }
      await again;
      // What one of them brings back, or the page by itself, takes others away.
      const buttons = page.getByRole('button', { name: 'Try again' });
      for (let turn = 0; turn < 10 && (await buttons.count()) > 0; ++turn)
        await buttons.first().click({ timeout: 2_000 }).catch(() => undefined);
      await page.getByText(text).first().waitFor();
    });
  }));

test('a refusal is told in the words of the service', () =>
  withPage(async (page) => {
    await page.goto(`/sales/${service.auction}/items?face_min=much`);
    await page.getByText('This could not be loaded').waitFor();
    await page.getByText(/The service says: no such filter\. \(Request [\w-]+\.\)/).waitFor();
    await page.goto(`/batches/${service.closed}?rate=much`);
    await page.getByText(/The service says: no such filter\./).waitFor();
  }));

test('what does not exist is not for anybody', () =>
  withPage(async (page) => {
    for (const path of [
      `/counties/${nowhere}`, `/sales/${nowhere}`, `/sales/${nowhere}/items`, `/sales/${nowhere}/items/1`,
      `/sales/${service.auction}/items/999999`, `/batches/${nowhere}`, `/batches/${nowhere}/items/1`, '/counties/no-id',
    ]) {
      await page.goto(path);
      await page.getByText('There is nothing here for you').waitFor();
      await page.getByText('Either there is no such thing, or it is not public.').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0, path);
    }
    await page.goto(`/verify?batch=${service.open}`);
    await page.getByRole('button', { name: 'Make the draw again' }).first().click();
    await page.getByText('the files of this batch are not published').waitFor();
    await page.goto('/no/such/page');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  }));

test('without a connection every page keeps what it has and says that it may be old', () =>
  withPage(async (_page, context) => {
    const old: string[] = [];
    let offline: Promise<void> | undefined;
    let online: () => void = () => undefined;
    const back = new Promise<void>((done) => (online = done));
    const all = asking().length;
    let everyPage: () => void = () => undefined;
    const loaded = new Promise<void>((done) => (everyPage = done));
    let here = 0;
    await onEach(context, async (page, path, text) => {
      await page.goto(path);
      await page.getByText(text).first().waitFor();
      if (++here === all) everyPage();
      await loaded;
      offline ??= context.setOffline(true);
      await offline;
      await page.getByText('No connection to the service. What you see may be old').waitFor();
      await page.getByText(text).first().waitFor();
      if (old.push(path) === all) {
        await context.setOffline(false);
        online();
      }
      await back;
      await page.bringToFront();
      await page.getByText('No connection to the service.').waitFor({ state: 'detached' });
    });
  }));

test('what was not there yet cannot come without a connection, and comes with it', () =>
  withPage(async (page, context) => {
    await page.goto(`/sales/${service.auction}`);
    await page.getByRole('link', { name: /^See all/ }).hover(); // Reads the page ahead, not its data.
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.getByText('No connection to the service.').waitFor();
    await page.getByRole('link', { name: /^See all/ }).click();
    await page.getByText('There is no connection to the service', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await context.setOffline(false);
    await page.getByRole('grid').getByRole('row').nth(3).waitFor();
  }));

test('a form that cannot be sent says that nothing was, and keeps what was entered', () =>
  withPage(async (page, context) => {
    for (const [path, button] of [['/sign-in', 'Sign in'], ['/forgot-password', 'Send the link']] as const) {
      await page.goto(path);
      await context.route(api, (route) => route.abort('connectionrefused'));
      await page.getByLabel('Email address').fill('ada@example.org');
      if (path === '/sign-in') await page.getByLabel('Password', { exact: true }).fill('seven herons');
      await page.getByRole('main').getByRole('button', { name: button }).click();
      await page.getByText('There is no connection to the service. Nothing was sent; try again in a moment.').waitFor();
      assert.equal(await page.getByLabel('Email address').inputValue(), 'ada@example.org');
      await context.unroute(api);
    }
    await page.goto('/reset-password#token=used-up');
    await page.getByLabel('New password', { exact: true }).fill('seven herons under a quiet bridge');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText(/^The service says: /).waitFor();
  }));

test('a list of nothing says why it is empty', () =>
  withPage(async (page) => {
    const county = await service.ask('admin', 'POST', '/api/v1/counties', { name: 'Union County', state: 'FL', fips: '12125' });
    const { id } = (await county.json()) as { id: string };
    await page.goto(`/counties/${id}`);
    await page.getByText('This county has not published a sale.').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.goto(`/sales/${service.auction}/items?q=no+such+parcel`);
    await page.getByText('No certificate matches. Loosen a filter.').waitFor();
    await page.goto(`/batches/${service.closed}?q=no+such+parcel`);
    await page.getByText('No certificate matches. Loosen a filter.').waitFor();
    const results = await fetch(`${service.origin}/api/v1/batches/${service.closed}/results?sort=bids&limit=1`);
    const [unwanted] = ((await results.json()) as { items: { adv_no: number; bids: number }[] }).items;
    assert.equal(unwanted?.bids, 0, 'some item must have no bids');
    await page.goto(`/batches/${service.closed}/items/${unwanted.adv_no}`);
    await page.getByText('Nobody bid on this item.').waitFor();
    await page.goto(`/batches/${service.open}`);
    await page.getByText('Results stand here once the batch has closed').waitFor();
    await page.goto(`/sales/${service.auction}/items/1`);
    await page.getByText('There are no other public certificates of this parcel.').waitFor();
  }));

test('a service that nobody has used yet is empty, and one that has stopped is missed', () =>
  withPage(async (page) => {
    await page.goto(bare.origin);
    await page.getByText('No county has published a sale yet.').waitFor();
    await page.getByText('No county uses this service yet.').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByRole('link', { name: 'Check a draw' }).click();
    await page.getByText('No batch has closed yet.').waitFor();
    await page.getByRole('link', { name: 'Sales', exact: true }).click();
    await page.getByText('No county has published a sale yet.').waitFor();
    await bare.stop();
    await page.getByText('No connection to the service. What you see may be old').waitFor({ timeout: 2 * patienceMs });
    await page.getByText('No county has published a sale yet.').waitFor();
    // A part of the site that was not read before cannot be read now.
    await page.getByRole('link', { name: 'Return calculator' }).click();
    await page.getByText('There is no connection to the service', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  }));
