// node e2e/smoke.ts STRIKEOFF: the site in a browser, on a sale that the program itself runs.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test, after, before } from 'node:test';

import type { Browser, BrowserContext, Page } from 'playwright-core';

import { axe, overflow, settled, startBrowser, watchedPage } from './browser.ts';
import { routesOf } from './routes.ts';
import { type Service, startService } from './service.ts';

const firstLoadMax = 200 * 1024;
const patienceMs = 15_000;

let service: Service;
let browser: Browser;

before(async () => {
  const binary = process.env['STRIKEOFF'];
  assert.ok(binary, 'STRIKEOFF names the program');
  [service, browser] = await Promise.all([startService(binary), startBrowser()]);
});
after(async () => {
  await browser.close();
  await service.stop();
});

async function withPage(look: (page: Page, context: BrowserContext) => Promise<void>, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ baseURL: service.origin, viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(patienceMs);
  const { page, faults } = await watchedPage(context);
  try {
    await look(page, context);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [320, 1280])
    test(`every page is sound, ${colorScheme}, ${width} pixels wide`, () =>
      withPage(async (page) => {
        const faults: string[] = [];
        for (const [path, text] of routesOf(service)) {
          await page.goto('about:blank'); // A step to another fragment alone loads nothing.
          await page.goto(path);
          await page.getByText(text).first().waitFor({ state: 'attached' });
          await settled(page);
          faults.push(...(await axe(page)).map((fault) => `${path}: ${fault}`));
          const wider = await overflow(page);
          if (wider > 0) faults.push(`${path}: ${wider} pixels wider than the window`);
        }
        assert.deepEqual(faults, []);
      }, { colorScheme, viewport: { width, height: 900 } }));

test('the first load is small, and has no charts and no maps in it', () =>
  withPage(async (page) => {
    let bytes = 0;
    const names: string[] = [];
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const urls = new Map<string, string>();
    session.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const url = urls.get(requestId) ?? '';
      if (/\.woff2?$/.test(url)) return;
      bytes += encodedDataLength;
      names.push(url);
    });
    await page.goto('/', { waitUntil: 'networkidle' });
    await settled(page);
    assert.ok(names.some((name) => name.endsWith('.js')), names.join('\n'));
    assert.ok(bytes > 10_000 && bytes <= firstLoadMax, `${bytes} bytes:\n${names.join('\n')}`);
    assert.ok(!names.some((name) => /chart|map/.test(new URL(name).pathname)), names.join('\n'));
    process.stdout.write(`first load: ${bytes} bytes in ${names.length} answers\n`);
  }));

test('a page hears of its batch over the live socket', () =>
  withPage(async (page) => {
    const heard: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    await page.goto(`/batches/${service.open}`);
    await settled(page);
    const wanted = `{"subscribed":{"topic":"batch:${service.open}"`;
    for (const end = Date.now() + patienceMs; Date.now() < end && !heard.some((text) => text.startsWith(wanted)); )
      await page.waitForTimeout(100);
    assert.match(heard[0] ?? '', /^\{"hello":/);
    assert.ok(heard.some((text) => text.startsWith(wanted)), heard.join('\n'));
  }));

test('a script that is planted in a page does not run', async () => {
  const context = await browser.newContext({ baseURL: service.origin });
  const { page, faults } = await watchedPage(context);
  await page.goto('/');
  await settled(page);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.append('window.planted = true');
    document.body.append(script);
  }).catch(() => undefined);
  const threw = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.planted = true">');
      return false;
    } catch {
      return true;
    }
  });
  assert.equal(threw, true, 'markup from text must be refused');
  assert.equal(await page.evaluate(() => 'planted' in window), false);
  assert.ok(faults.length > 0, 'the policy must have spoken');
  await context.close();
});

test('no link of any page is dead', () =>
  withPage(async (page) => {
    const seen = new Map<string, string>();
    for (const [path] of routesOf(service)) {
      await page.goto(path);
      await settled(page);
      const links = await page.locator('a[href]').evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
      for (const link of links) seen.set(link.split('#')[0] ?? '', path);
    }
    const dead: string[] = [];
    for (const [link, path] of seen) {
      assert.ok(link.startsWith(service.origin), `${link} on ${path} leads away`);
      const { status } = await fetch(link, { headers: { Accept: 'text/html,*/*' } });
      if (status !== 200 && !path.includes('/no/such')) dead.push(`${link} on ${path}: ${status}`);
    }
    assert.deepEqual(dead, []);
    assert.ok(seen.size > 20);
  }));

test('a list is honest while it loads, when it is empty, when it fails and when there is no connection', () =>
  withPage(async (page, context) => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((done) => (answer = done));
    await page.route('**/api/v1/auctions?*', async (route) => {
      await held;
      await route.fulfill({ json: { items: [], next_cursor: null } });
    });
    await page.goto('/');
    await page.locator('.state-loading').first().waitFor();
    answer();
    await page.getByText('No county has published a sale yet.').waitFor();
    await page.unroute('**/api/v1/auctions?*');
    await page.route('**/api/v1/auctions?*', (route) => route.fulfill({ status: 422, json: { detail: 'no such thing', reason: 'query.limit', fields: [], request_id: 'r1' } }));
    await page.reload();
    await page.getByText('This could not be loaded').waitFor();
    await page.getByText('no such thing').waitFor();
    await page.unroute('**/api/v1/auctions?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Under way').waitFor();
    await context.setOffline(true);
    await page.getByText('No connection to the service. What you see may be old').waitFor();
    await page.getByText('Under way').waitFor();
    await context.setOffline(false);
    await page.getByText('No connection to the service.').waitFor({ state: 'detached' });
  }));

/** Answers for the catalogue of a sale of so many items. */
async function pretend(page: Page, all: number) {
  const [first] = ((await (await fetch(`${service.origin}/api/v1/auctions/${service.auction}/items?limit=1`)).json()) as { items: { adv_no: number }[] }).items;
  await page.route(/\/api\/v1\/auctions\/[^/]+\/items\?/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    const items = Array.from({ length: Math.min(200, all - from) }, (_unused, at) => ({ ...first, adv_no: from + at + 1 }));
    return route.fulfill({ json: { items, next_cursor: from + 200 < all ? String(from + 200) : null } });
  });
  await page.route(/\/facets/, (route) => route.fulfill({ json: { total: all, face: '123456789.00', batch: [], status: [], city: [], use_code: [], homestead: [] } }));
}

test('the grid holds a hundred thousand rows and puts few of them on the page', () =>
  withPage(async (page) => {
    await pretend(page, 100_000);
    await page.goto(`/sales/${service.auction}/items`);
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(5).waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), '100001');
    const deepest = () => grid.locator('[aria-rowindex]').last().getAttribute('aria-rowindex').then(Number);
    for (let turn = 0; turn < 15 && (await deepest()) < 1_500; ++turn) {
      await page.locator('.grid-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await page.waitForTimeout(150);
    }
    assert.ok((await deepest()) >= 1_500, `rows come as one goes down: ${await deepest()}`);
    assert.ok((await grid.getByRole('row').count()) < 100);
    await page.getByRole('checkbox', { name: /^Choose Certificate/ }).first().click({ force: true });
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
    await page.keyboard.press('Escape');
    await page.locator('summary', { hasText: 'Saved views' }).click();
    await page.getByLabel('Name of this view').fill('dear ones');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.goto(`/sales/${service.auction}/items`);
    await page.locator('summary', { hasText: 'Saved views' }).click();
    await page.getByRole('button', { name: 'dear ones', exact: true }).click();
    await page.waitForURL(/sort=-face/);
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

test('all bids on an item of a closed batch are shown', () =>
  withPage(async (page) => {
    await page.goto(`/batches/${service.closed}`);
    await page.getByRole('button', { name: /^Show \d+ bid/ }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('row').nth(1).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }));

/** The link of the newest mail to somebody, and where it leads. */
async function linkOf(email: string, page: string): Promise<string> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await new Promise((done) => setTimeout(done, 200))) {
    for (const mail of service.mails()) {
      const whole = mail.replaceAll('=\r\n', '').replaceAll('=\n', '').replaceAll('=3D', '=');
      const found = new RegExp(`/${page}#token=([\\w-]+)`).exec(whole);
      if (mail.includes(email) && found) return `/${page}#token=${found[1]}`;
    }
  }
  throw new Error(`no mail to ${email} with a link to ${page}`);
}

test('somebody registers, confirms the address, signs in and out', () =>
  withPage(async (page) => {
    const email = `visitor-${Date.now()}@example.org`;
    const password = 'seven herons under a quiet bridge';
    await page.goto('/register');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('This is needed.').first().waitFor();
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Heron');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('Is this right?').waitFor();
    await page.getByRole('button', { name: 'Make the account' }).click();
    // What the service says of the password stands at the password.
    await page.locator('#password-error').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await page.goto(await linkOf(email, 'confirm-address'));
    await page.getByRole('button', { name: 'Confirm this address' }).click();
    await page.getByText('The address is confirmed.').waitFor();
    assert.ok(!page.url().includes('token'), 'a used token is gone from the address');
    await page.goto('/sign-in');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).waitFor();
  }));

/** What an authenticator app shows now (RFC 6238: SHA-1, six digits, half a minute). */
function oneTimeCode(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((digit) => alphabet.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('staff set up a second factor when they first sign in, and are asked for it from then on', () =>
  withPage(async (page) => {
    const email = 'collector@example.org';
    const signIn = async () => {
      await page.goto('/sign-in');
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(service.passwordOf(email));
      await page.getByRole('button', { name: 'Sign in' }).click();
    };
    await signIn();
    await page.getByRole('heading', { name: 'Set up your second factor' }).waitFor();
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
    await page.getByRole('img', { name: 'The picture to scan' }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.locator('#code-error').waitFor();
    await page.getByLabel('Code').fill(oneTimeCode(secret));
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByRole('heading', { name: 'Keep your backup codes' }).waitFor();
    assert.deepEqual(await axe(page), []);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const codes = readFileSync(await (await coming).path(), 'utf8').trim().split('\n');
    assert.equal(codes.length, 10);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).waitFor();
    await signIn();
    await page.getByRole('heading', { name: 'Second factor' }).waitFor();
    await page.getByLabel('Code').fill(codes[4] ?? '');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  }));
