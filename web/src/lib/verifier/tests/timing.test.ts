// @vitest-environment node
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { sourceOf, verdictOf } from './files';
import { leavesFile, makeSale, transcriptFile } from './sale';
import { verifyFiles } from '../verify';

// A batch of an ordinary large sale takes half a minute to make, so it is made when asked for:
// `LARGE_SALE=/tmp npx vitest run timing`. The files stay there, for a browser to time.
const directory = process.env.LARGE_SALE;

it.runIf(directory !== undefined)(
  'a batch of 500,000 leaves is in order',
  async () => {
    const path = join(directory ?? '', 'large-batch.json');
    const leavesPath = join(directory ?? '', 'large-batch.leaves');
    if (!existsSync(path)) {
      const sale = makeSale({ seed: 9, lots: 2500, bidders: 3000, leaves: 500_000, rates: 72 });
      writeFileSync(path, transcriptFile(sale));
      writeFileSync(leavesPath, leavesFile(sale.leaves));
    }
    const [transcript, leaves] = [readFileSync(path), readFileSync(leavesPath)];
    const before = performance.now();
    const outcome = await verifyFiles(transcript, sourceOf(leaves, 65_536, false));
    const passed = Math.round(performance.now() - before);
    process.stdout.write(`500,000 leaves in ${passed} ms\n`);
    expect(verdictOf(outcome)).toBe('ok');
  },
  600_000,
);
