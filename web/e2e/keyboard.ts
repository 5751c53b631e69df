// The same way with nothing but keys: focus is always somewhere, and can be seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { service, withPage } from './stage.ts';

const pressesMax = 60;

interface Focus {
  tag: string;
  name: string;
  cell: string | null;
  visible: boolean;
}

/** What has the focus, and whether one sees it. */
const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const shadowed = style.boxShadow !== 'none';
    const onScreen = box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.width > 0;
    return {
      tag: element.tagName,
      name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
      cell: element.getAttribute('data-cell'),
      visible: onScreen && (outlined || shadowed),
    };
  });

/** What comes into view may take a moment to do so. */
async function isSeen(page: Page): Promise<boolean> {
  for (const end = Date.now() + 1_000; Date.now() < end; await page.waitForTimeout(30)) if ((await focusOf(page)).visible) return true;
  return false;
}

/** Goes on by Tab until the focus is on what is wanted. */
async function tabTo(page: Page, what: string, isIt: (focus: Focus) => boolean): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < pressesMax; ++presses) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    passed.push(`${focus.tag} ${focus.name.slice(0, 40)}`);
    if (isIt(focus)) {
      assert.ok(focus.visible || (await isSeen(page)), `the focus on ${what} cannot be seen`);
      return;
    }
    if (focus.tag !== 'BODY') assert.ok(focus.visible || (await isSeen(page)), `the focus cannot be seen on ${passed.at(-1)}`);
  }
  assert.fail(`Tab does not come to ${what}:\n${passed.join('\n')}`);
}

const named = (name: RegExp, tag?: string) => (focus: Focus) => name.test(focus.name) && (!tag || focus.tag === tag);

/** Follows what has the focus, and finds it on the heading of the page it leads to. */
async function enter(page: Page, heading: RegExp): Promise<void> {
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await page.waitForFunction((source) => document.activeElement?.tagName === 'H1' && new RegExp(source).test(document.activeElement.textContent ?? ''), heading.source);
  const focus = await focusOf(page);
  assert.match(focus.name, heading);
  assert.ok(focus.visible || (await isSeen(page)), `the focus on the heading ${focus.name} cannot be seen`);
}

test('the way from the home page to a checked draw is gone by keys alone', () =>
  withPage(async (page) => {
    await page.goto('/');
    await page.getByText('Under way').waitFor();
    await tabTo(page, 'the skip link', named(/^Skip to main content$/));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'main');
    await tabTo(page, 'the sale', named(/^Columbia County: Tax certificate sale/, 'A'));
    await enter(page, /^Tax certificate sale \d+$/);
    await page.getByRole('link', { name: /^See all/ }).waitFor();
    await tabTo(page, 'the list of certificates', named(/^See all [\d,]+ certificates/, 'A'));
    await enter(page, /^Certificates on offer$/);

    // A select is set by a key, and the grid is one stop of Tab.
    await page.getByRole('grid').getByRole('row').nth(3).waitFor();
    await tabTo(page, 'the facet of batches', (focus) => focus.tag === 'SELECT');
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/batch=1/);
    assert.equal((await focusOf(page)).tag, 'SELECT', 'focus stays on what was changed');
    await tabTo(page, 'the grid', (focus) => focus.cell !== null);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-cell') === '1:2');
    assert.ok((await focusOf(page)).visible);
    await page.keyboard.press('Space');
    await page.getByText('1 row chosen').waitFor();
    await page.keyboard.press('Control+End');
    await page.waitForFunction(() => !document.activeElement?.getAttribute('data-cell')?.startsWith('1:'));
    await page.keyboard.press('Control+Home');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-cell') === '0:0');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=-number/);
    assert.equal((await focusOf(page)).cell, '-1:1', 'focus stays on the header that sorts');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-cell') === '0:1');
    await enter(page, /^Certificate \d+$/);
    await tabTo(page, 'its batch', named(/^Batch 1$/, 'A'));
    await enter(page, /^Batch 1$/);
    await tabTo(page, 'the check', named(/^Check the draw of this batch$/, 'A'));
    await enter(page, /^Check a draw$/);
    await tabTo(page, 'the button', named(/^Make the draw again$/, 'BUTTON'));
    await page.keyboard.press('Enter');
    await page.getByText('Everything is right').waitFor({ timeout: 60_000 });
    assert.notEqual((await focusOf(page)).tag, 'BODY', 'focus is not lost while the draw is made');
    assert.ok(page.url().includes(service.closed));
  }));

test('a menu closes by Escape and gives the focus back', () =>
  withPage(async (page) => {
    await page.goto(`/sales/${service.auction}/items`);
    await page.getByRole('grid').getByRole('row').nth(3).waitFor();
    await tabTo(page, 'the columns', named(/^Columns/, 'SUMMARY'));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal((await focusOf(page)).tag, 'INPUT');
    await page.keyboard.press('Space');
    await page.waitForURL(/hide=/);
    await page.keyboard.press('Escape');
    assert.match((await focusOf(page)).name, /^Columns/);
    assert.equal(await page.locator('.grid-menu[open]').count(), 0);
  }));
