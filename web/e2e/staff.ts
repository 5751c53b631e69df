// The county's staff at their first sign-in.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { axe } from './browser.ts';
import { service, withPage } from './stage.ts';

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
    await page.getByText('Your second factor is on.').waitFor();
    await signIn();
    await page.getByRole('heading', { name: 'Second factor' }).waitFor();
    await page.getByLabel('Code').fill(codes[4] ?? '');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).waitFor();
  }));
