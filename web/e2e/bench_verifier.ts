import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Page } from 'playwright-core';

import { timed } from './bench_grid.ts';
import { check } from './bench_limits.ts';

/** A batch of half a million leaves, made once, checked in the page. */
export async function measureVerifier(page: Page, origin: string, directory: string) {
  const files = ['large-batch.json', 'large-batch.leaves'].map((name) => resolve(directory, name));
  if (!files.every((file) => existsSync(file)))
    execFileSync(process.execPath, ['node_modules/.bin/vitest', 'run', 'timing', '--silent'], { env: { ...process.env, LARGE_SALE: resolve(directory) }, stdio: 'ignore' });
  await page.goto(`${origin}/verify`);
  const times: number[] = [];
  for (let turn = 0; turn < 3; ++turn) {
    await page.getByLabel(/^The transcript/).setInputFiles(files);
    await page.getByRole('button', { name: 'Make the draw again' }).waitFor();
    times.push(await timed(async () => {
      await page.getByRole('button', { name: 'Make the draw again' }).click();
      await page.getByText('Everything is right').waitFor();
    }));
  }
  check('verifier: 500,000 leaves', times.sort((a, b) => a - b)[1] ?? Infinity, 10_000, 'ms');
}
