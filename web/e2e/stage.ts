// What all tests of the site share: a browser, a sale, and a service that nobody has used yet.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

import { startBrowser, watchedPage } from './browser.ts';
import { type Service, startBare, startService } from './service.ts';

export const patienceMs = 30_000; // A busy machine is no failure.

export let service: Service;
export let bare: Awaited<ReturnType<typeof startBare>>;
export let browser: Browser;

before(async () => {
  const binary = process.env['STRIKEOFF'];
  assert.ok(binary, 'STRIKEOFF names the program');
  // Each is kept as it comes, and all are waited for: what runs when another fails must be ended.
  const begun = await Promise.allSettled([
    startService(binary).then((started) => (service = started)),
    startBare(binary).then((started) => (bare = started)),
    startBrowser().then((started) => (browser = started)),
  ]);
  const failure = begun.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
});
after(async () => {
  // None of them is there when it could not be started.
  await (browser as Browser | undefined)?.close();
  await Promise.all([service, bare].map((each) => (each as Pick<Service, 'stop'> | undefined)?.stop()));
});

/** A page in a browser of its own, in which nothing may go wrong. */
export async function withPage(look: (page: Page, context: BrowserContext) => Promise<void>, options: BrowserContextOptions = {}) {
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

/** What the service says to a call that it must grant. */
export async function json<Answer>(answer: Response): Promise<Answer> {
  const text = await answer.text();
  assert.ok(answer.ok, `${answer.url}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}
export const read = async <Answer>(path: string) => json<Answer>(await fetch(service.origin + path));
/** As one of the county's staff. */
export const post = async <Answer>(path: string, body: unknown, type?: string) =>
  json<Answer>(await service.ask('staff', 'POST', path, body, type));
