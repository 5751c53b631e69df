// @vitest-environment node
import { createHash } from 'node:crypto';

import { afterAll, describe, expect, it, vi } from 'vitest';

import type { AwardRules } from '../rules';
import { Verdicts } from './command';
import { flip, verdict, verdictOf, verifyBytes } from './files';
import { lies, liesOfOpenSales, openRules } from './lies';
import { Chance, leavesFile, makeSale, seal, transcriptFile, type Wanted } from './sale';

vi.setConfig({ testTimeout: 60_000 }); // A busy machine is no failure.

const verdicts = new Verdicts();
afterAll(() => verdicts.keep());

const fingerprint = (...files: Uint8Array[]): string =>
  files.map((file) => createHash('sha256').update(file).digest('hex').slice(0, 12)).join(' ');

const small: Wanted = { seed: 5, lots: 12, bidders: 9, leaves: 60 };

describe('a lie', () => {
  for (const { name, before, after } of lies)
    it(`is found as the command finds it: ${name}`, async () => {
      const sale = makeSale(small);
      before?.(sale);
      seal(sale);
      after?.(sale);
      const files = [transcriptFile(sale), leavesFile(sale.leaves)] as const;
      const expected = verdicts.of(`${name}, ${fingerprint(...files)}`, ...files);
      expect(await verdict(...files)).toBe(expected);
    });
});

describe('a lie of an open sale', () => {
  for (const { name, before, after } of liesOfOpenSales)
    it(`is found as the command finds it: ${name}`, async () => {
      const sale = makeSale({ ...small, rules: openRules });
      before?.(sale);
      seal(sale);
      after?.(sale);
      const files = [transcriptFile(sale), leavesFile(sale.leaves)] as const;
      const expected = verdicts.of(`open: ${name}, ${fingerprint(...files)}`, ...files);
      expect(await verdict(...files)).toBe(expected);
      expect(expected === 'ok').toBe(name === 'nothing but the truth');
    });

  it('is none in a large one', async () => {
    const sale = makeSale({ seed: 9, lots: 150, bidders: 80, leaves: 900, rules: openRules });
    const files = [transcriptFile(sale), leavesFile(sale.leaves)] as const;
    expect(await verdict(...files)).toBe('ok');
    expect(verdicts.of(`open sale, ${fingerprint(...files)}`, ...files)).toBe('ok');
  });
});

describe('a whole sale', () => {
  const rules: Partial<AwardRules>[] = [
    {},
    { format: 'sealed' },
    { groupPrice: 'as_many', blockedBidsSetPrice: true },
    { tieWeight: 'per_group', zeroBids: 'refused' },
    { tie: 'first_received' },
    { rateStep: 100, rateFloor: 500, blockedBidsSetPrice: true },
  ];
  rules.forEach((choice, i) => {
    it(`comes out as the command says, rules ${JSON.stringify(choice)}`, async () => {
      const wanted = { seed: 100 + i, lots: 150 + 30 * i, bidders: 80, leaves: 3000 };
      const sale = makeSale({ ...wanted, rules: choice, withoutCounty: i % 3 === 2 });
      const files = [transcriptFile(sale), leavesFile(sale.leaves)] as const;
      const outcome = await verifyBytes(...files);
      expect(verdictOf(outcome)).toBe('ok');
      expect(verdicts.of(`sale ${i}, ${fingerprint(...files)}`, ...files)).toBe('ok');
      if (!outcome.ok) return;
      // The sale has what makes a draw difficult.
      const { awards } = outcome;
      expect(awards.filter((award) => award.tied > 1).length).toBeGreaterThan(20);
      if (choice.tie === undefined && choice.tieWeight === undefined)
        expect(awards.some((award) => (award.member ?? 0) > 0)).toBe(true);
      expect(awards.some((award) => award.outcome === 'struck')).toBe(true);
    });
  });

  it('with a flipped byte fails as the command says', async () => {
    const sale = makeSale({ ...small, seed: 6, lots: 20, bidders: 12, leaves: 300 });
    const files = [transcriptFile(sale), leavesFile(sale.leaves)] as const;
    const chance = new Chance(77);
    for (let i = 0; i < 60; ++i) {
      const file = files[i % 2] as Uint8Array;
      const at = chance.below(file.length);
      const mask = 1 << chance.below(8);
      flip(file, at, mask);
      const name = `flip ${i}, ${fingerprint(...files)}`;
      const [expected, said] = [verdicts.of(name, ...files), await verdict(...files)];
      // Two parsers need not call a broken text by the same words.
      const isForm = said.startsWith('verify.form');
      expect(isForm ? said.split(' ')[0] : said, name).toBe(
        isForm ? expected?.split(' ')[0] : expected,
      );
      expect(said).not.toBe('ok');
      flip(file, at, mask);
    }
  });
});
