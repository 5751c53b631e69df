// What works over every page: the palette, the sheet of shortcuts, and tabs, by keys and by pointer.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { BrowserContextOptions, Page } from 'playwright-core';

import { shortcuts } from '../src/lib/shortcuts.ts';
import { axe, overflow, settled } from './browser.ts';
import { service, withPage } from './stage.ts';

const field = (page: Page) => page.getByRole('combobox', { name: 'Page, sale, parcel or number' });
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const chosen = (page: Page) => page.getByRole('dialog').getByRole('option', { selected: true });

/** The same, in which the browser complains of nothing either. */
const withQuietPage = (look: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) =>
  withPage(async (page) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The driver of the graphics says of every machine without a card that it is slow.
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('[.WebGL')) complaints.push(message.text());
    });
    await look(page);
    assert.deepEqual(complaints, []);
  }, options);

/** Sound as it stands, light and dark, and no wider than the window. */
async function isSound(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await axe(page), [], `${what}, ${colorScheme}`);
    assert.ok((await overflow(page)) <= 0, `${what} is wider than the window`);
    const wide = await page.locator('dialog, .tabs').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.className));
    assert.deepEqual(wide, [], `${what} is scrolled sideways`);
  }
}

/** The option that the field points to is the one that looks chosen. */
async function points(page: Page): Promise<string> {
  const id = await field(page).getAttribute('aria-activedescendant');
  assert.equal(await chosen(page).count(), 1);
  assert.equal(await chosen(page).getAttribute('id'), id);
  return chosen(page).innerText();
}

async function arrives(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  assert.equal(await page.locator('dialog').count(), 0);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

interface Listed {
  items: { adv_no: number; parcel_id: string; batch_id: string }[];
}
const items = async (query: string): Promise<Listed['items']> =>
  ((await (await fetch(`${service.origin}/api/v1/auctions/${service.auction}/items?${query}`)).json()) as Listed).items;

test('the palette goes anywhere by keys alone, and gives the focus back', () =>
  withQuietPage(async (page) => {
    await page.goto(`/batches/${service.closed}`);
    await settled(page);
    const link = page.getByRole('link', { name: 'See its certificates' });
    await link.focus();
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    assert.ok(await field(page).evaluate((element) => element === document.activeElement), 'one may type at once');
    const first = await points(page);
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await points(page), first);
    await page.keyboard.press('ArrowUp');
    assert.equal(await points(page), first);
    await page.keyboard.press('ArrowUp');
    const last = await points(page);
    await page.keyboard.press('Home');
    assert.equal(await points(page), first);
    await page.keyboard.press('End');
    assert.equal(await points(page), last, 'before the first comes the last');
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'detached' });
    assert.equal(await focused(page), 'See its certificates');
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    await page.keyboard.press('Control+k');
    await field(page).waitFor({ state: 'detached' });
    assert.equal(await focused(page), 'See its certificates');

    const go = async (typed: string, option: RegExp, heading: string) => {
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      await page.keyboard.type(typed);
      await chosen(page).filter({ hasText: option }).waitFor();
      await page.keyboard.press('Enter');
      await arrives(page, heading);
    };
    const [item] = await items('batch=3&limit=1');
    assert.ok(item);
    await go('check 1', /^Batch 1: check the draw$/, 'Check a draw');
    assert.ok(page.url().endsWith(`/verify?batch=${service.closed}`));
    await go(item.parcel_id, new RegExp(`^${item.adv_no}: ${item.parcel_id}`), `Certificate ${item.adv_no}`);
    await go('certificates offer', /^Certificates on offer$/, 'Certificates on offer');
    await go('on map', /^Certificates on a map$/, 'Certificates on offer');
    assert.ok(page.url().endsWith('view=map'));
    await go('12', /^12: /, 'Certificate 12');
    await go('result bat', /^Batch 1: results/, 'Batch 1');
    await go('clcltr', /^Return calculator$/, 'Return calculator');
    await go('columbia', /^Columbia County: Tax certificate sale/, await saleName());
    await go('login', /^Sign in$/, 'Sign in');
  }));

const saleName = async () => ((await (await fetch(`${service.origin}/api/v1/auctions/${service.auction}`)).json()) as { name: string }).name;

test('every page that has an address of its own is in the palette, and those of a mail are not', () =>
  withQuietPage(async (page) => {
    await page.goto('/');
    await settled(page);
    await page.keyboard.press('Control+k');
    const pages = page.getByRole('group', { name: 'Pages' }).getByRole('option');
    await pages.first().waitFor();
    assert.deepEqual(await pages.allInnerTexts(), ['Sales', 'How it works', 'Return calculator', 'Check a draw', 'Register', 'Sign in', 'Forgot your password']);
    assert.equal(await page.getByRole('group', { name: /^This sale/ }).count(), 0);
    await page.keyboard.type('no such thing');
    await page.getByText('Nothing is called that. Parcels and numbers are found on the pages of their sale.').waitFor();
    assert.equal(await field(page).getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('Enter'); // Goes nowhere.
    await isSound(page, 'the palette without a match');
  }));

for (const [width, hasTouch] of [[320, true], [1280, false]] as const)
  test(`the palette is opened, used and closed by ${hasTouch ? 'touch' : 'mouse'}, ${width} pixels wide`, () =>
    withQuietPage(async (page) => {
      await page.goto(`/sales/${service.auction}`);
      await settled(page);
      const button = page.getByRole('button', { name: 'Go to…' });
      const press = (what: typeof button) => (hasTouch ? what.tap() : what.click());
      await press(button);
      await page.getByRole('group', { name: /^This sale/ }).waitFor();
      await isSound(page, 'the palette');
      await page.mouse.click(2, 600); // Beside it.
      await field(page).waitFor({ state: 'detached' });
      assert.ok(await button.evaluate((element) => element === document.activeElement));
      await press(button);
      await press(page.getByRole('dialog', { name: 'Go to' }).getByRole('button', { name: 'Close' }));
      await field(page).waitFor({ state: 'detached' });
      await press(button);
      await press(page.getByRole('option', { name: 'How it works' }));
      await arrives(page, 'How it works');
    }, { viewport: { width, height: 640 }, hasTouch }));

test('the palette says that it looks for certificates, and that they could not be had', () =>
  withPage(async (page) => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((done) => (answer = done));
    const asked: string[] = [];
    await page.goto(`/sales/${service.auction}`);
    await settled(page);
    await page.route(/\/items\?q=/, async (route) => {
      asked.push(new URL(route.request().url()).searchParams.get('q') ?? '');
      await held;
      await route.abort('connectionrefused');
    });
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    await page.keyboard.type('no such parcel', { delay: 20 });
    await page.getByText('Looking for certificates…').waitFor();
    answer();
    await page.getByText('The certificates could not be searched.').waitFor();
    assert.ok(asked.every((q) => q === 'no such parcel'), `what was being typed is not asked for: ${asked.join(', ')}`);
    await isSound(page, 'the palette that failed');
    await page.unroute(/\/items\?q=/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing is called that.', { exact: true }).waitFor();
  }));

test('the palette has the pages without the service, and the sales when it is back', () =>
  withPage(async (page) => {
    await page.goto('/calculator');
    await settled(page);
    const lists = /\/api\/v1\/(auctions|counties)\?/;
    await page.route(lists, (route) => route.abort('connectionrefused'));
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Check a draw' }).waitFor();
    await page.getByText('Sales and counties could not be loaded.').waitFor();
    await page.unroute(lists);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('group', { name: 'Sales' }).getByRole('option').first().waitFor();
    await page.getByRole('group', { name: 'Counties' }).getByRole('option').first().waitFor();
    await page.getByText('Sales and counties could not be loaded.').waitFor({ state: 'detached' });
  }));

test('the palette signs out', () =>
  withQuietPage(async (page) => {
    let signedOut = 0;
    await page.addInitScript(() => localStorage.setItem('strikeoff.session', 'yes'));
    await page.route('**/api/v1/account', (route) => route.fulfill({ json: { id: 'a', email: 'ada@example.org' } }));
    await page.route('**/api/v1/auth/sign-out', (route) => {
      ++signedOut;
      return route.fulfill({ status: 200, json: {} });
    });
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    assert.equal(await page.getByRole('option', { name: 'Sign in' }).count(), 0);
    await page.keyboard.type('log out');
    await chosen(page).filter({ hasText: 'Sign out' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('You are signed out.').waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).waitFor();
    assert.equal(signedOut, 1);
  }));

for (const width of [320, 1280])
  test(`the sheet tells every shortcut, and those of one character can be switched off, ${width} pixels wide`, () =>
    withQuietPage(async (page) => {
      await page.goto('/calculator');
      await settled(page);
      await page.getByLabel('Face, in dollars').focus();
      await page.keyboard.press('?');
      await page.waitForTimeout(300);
      assert.equal(await sheet(page).count(), 0, 'a character that is typed is a character');
      await page.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('?');
      await sheet(page).waitFor();
      assert.equal(await focused(page), 'Keyboard shortcuts');
      const known = Object.values(shortcuts).map((chords) => Object.keys(chords).length);
      const lists = await sheet(page).locator('dl').evaluateAll((all) => all.map((each) => each.querySelectorAll('dt').length));
      assert.deepEqual(lists, known);
      await sheet(page).locator('div').filter({ hasText: /^Go to a page, a sale or a certificateCtrl \+ K$/ }).waitFor();
      await isSound(page, 'the sheet');
      const box = sheet(page).getByRole('checkbox', { name: 'Shortcuts of a single character' });
      assert.ok(await box.isChecked());
      await box.focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Escape');
      await sheet(page).waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
      for (const turn of ['at once', 'and later']) {
        await page.keyboard.press('?');
        await page.waitForTimeout(300);
        assert.equal(await sheet(page).count(), 0, `off ${turn}`);
        await page.reload();
        await settled(page);
      }
      await page.getByRole('contentinfo').getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await sheet(page).waitFor();
      assert.ok(!(await box.isChecked()));
      await box.focus();
      await page.keyboard.press('Space');
      await sheet(page).getByRole('button', { name: 'Close' }).click();
      await page.keyboard.press('?');
      await sheet(page).waitFor();
      // The palette takes its place, and the other way round.
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      assert.equal(await sheet(page).count(), 0);
      await page.keyboard.type('shortcuts');
      await page.keyboard.press('Enter');
      await sheet(page).waitFor();
      assert.equal(await field(page).count(), 0);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.textContent === 'Keyboard shortcuts');
    }, { viewport: { width, height: 640 } }));

for (const width of [320, 1280])
  test(`tabs are one stop of Tab, arrows choose, and the address says which, ${width} pixels wide`, () =>
    withQuietPage(async (page) => {
      await page.goto(`/sales/${service.auction}/items?batch=3`);
      await page.getByRole('grid').getByRole('row').nth(1).waitFor({ state: 'attached' });
      const tab = (name: string) => page.getByRole('tab', { name });
      const isShown = async (name: string) => {
        await page.locator('[role=tab][aria-selected=true]').filter({ hasText: name }).waitFor();
        assert.equal(await focused(page), name);
        await page.getByRole('tabpanel', { name }).waitFor();
        assert.equal(await tab(name).getAttribute('aria-controls'), await page.getByRole('tabpanel').getAttribute('id'));
        assert.equal(await page.locator('[role=tab][tabindex="0"]').count(), 1);
      };
      await tab('List').focus();
      await isShown('List');
      await isSound(page, 'the tabs');
      await page.keyboard.press('ArrowRight');
      await isShown('Map');
      assert.match(page.url(), /batch=3&view=map$/);
      await page.getByText(/of the [\d,]+ certificates looked at/).waitFor();
      await isSound(page, 'the tabs over the map');
      await page.keyboard.press('ArrowRight');
      await isShown('List');
      assert.match(page.url(), /batch=3$/);
      await page.keyboard.press('ArrowLeft');
      await isShown('Map');
      await page.keyboard.press('Home');
      await isShown('List');
      await page.keyboard.press('End');
      await isShown('Map');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'tabpanel');
      await page.reload();
      await page.getByRole('tabpanel', { name: 'Map' }).waitFor();
      await tab('List').click();
      await isShown('List');
      await page.getByRole('grid').getByRole('row').nth(1).waitFor({ state: 'attached' });
      await page.emulateMedia({ media: 'print' });
      assert.ok(!(await page.locator('.tabs').isVisible()) && (await page.locator('.tab-panel').isVisible()), 'paper has what is shown, and no tabs');
    }, { viewport: { width, height: 900 } }));
