import { createServer } from 'node:net';

import lighthouse, { desktopConfig } from 'lighthouse';

import { startBrowser } from './browser.ts';
import { check } from './bench_limits.ts';
import type { Service } from './service.ts';

const runs = 5;
const limits = { performance: 90, accessibility: 100, 'best-practices': 100 } as const;
type Category = keyof typeof limits;
const categories = Object.keys(limits) as Category[];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

const median = (figures: number[]) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

/** What Lighthouse says of the main pages on a desktop, the median of its runs. */
export async function measurePages({ origin, auction, closed }: Service) {
  const port = await freePort();
  const browser = await startBrowser([`--remote-debugging-port=${port}`]);
  const pages = { home: '/', sale: `/sales/${auction}`, items: `/sales/${auction}/items`, item: `/sales/${auction}/items/1`, results: `/batches/${closed}`, verifier: `/verify?batch=${closed}` };
  try {
    for (const [name, path] of Object.entries(pages)) {
      const scores: Record<Category, number[]> = { performance: [], accessibility: [], 'best-practices': [] };
      const wrong = new Set<string>();
      for (let run = 0; run < runs; ++run) {
        const result = await lighthouse(origin + path, { port, output: 'json', logLevel: 'error', onlyCategories: categories }, desktopConfig);
        if (!result) throw new Error(`Lighthouse says nothing about ${path}`);
        for (const category of categories) {
          const found = result.lhr.categories[category];
          scores[category].push(Math.round(100 * (found?.score ?? 0)));
          if (category !== 'performance')
            for (const { id, weight } of found?.auditRefs ?? [])
              if (weight > 0 && result.lhr.audits[id]?.score === 0) wrong.add(id);
        }
      }
      for (const category of categories) check(`lighthouse: ${name}: ${category}`, median(scores[category]), limits[category], 'points', true);
      if (wrong.size > 0) process.stdout.write(`     ${[...wrong].join(', ')}\n`);
    }
  } finally {
    await browser.close();
  }
}
