// Every page in a browser, on a sale that the program itself runs: sound, small, safe, and its lists.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { axe, outside, overflow, settled, watchedPage } from './browser.ts';
import { routesOf } from './routes.ts';
import { browser, patienceMs, service, withPage } from './stage.ts';

const firstLoadMax = 200 * 1024;

for (const width of [320, 1280])
  test(`every page is sound, light and dark, ${width} pixels wide`, () =>
    withPage(async (page) => {
      const faults: string[] = [];
      for (const [path, text] of routesOf(service)) {
        await page.emulateMedia({ colorScheme: 'light' });
        await page.goto('about:blank'); // A step to another fragment alone loads nothing.
        await page.goto(path);
        await page.getByText(text).first().waitFor({ state: 'attached' });
        await settled(page);
        faults.push(...(await axe(page)).map((fault) => `${path}: ${fault}`));
        const wider = await overflow(page);
        if (wider > 0) faults.push(`${path}: ${wider} pixels wider than the window`);
        faults.push(...(await outside(page)).map((what) => `${path}: sticks out: ${what}`));
        await page.emulateMedia({ colorScheme: 'dark' });
        faults.push(...(await outside(page)).map((what) => `${path} in the dark: sticks out: ${what}`));
        faults.push(...(await axe(page)).map((fault) => `${path} in the dark: ${fault}`));
      }
      assert.deepEqual(faults, []);
    }, { viewport: { width, height: 900 } }));

test('the first load is small, and has no charts, no maps and no palette in it', () =>
  withPage(async (page) => {
    let bytes = 0;
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
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
    assert.deepEqual(complaints, []);
    assert.ok(names.some((name) => name.endsWith('.js')), names.join('\n'));
    assert.ok(bytes > 10_000 && bytes <= firstLoadMax, `${bytes} bytes:\n${names.join('\n')}`);
    assert.ok(!names.some((name) => /chart|map|palette|sheet/.test(new URL(name).pathname)), names.join('\n'));
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
    await page.waitForTimeout(1_000);
    assert.equal(heard.filter((text) => text.startsWith('{"hello":')).length, 1, 'one line is enough');
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
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'password');
    assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('aria-describedby'), 'password-hint password-error');
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
