// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { toHex } from '../bytes';
import { LeafCheck } from '../check_leaves';
import { signedFileHash } from '../check_records';
import { stepIds, type StepReport } from '../report';
import { readTranscript } from '../transcript';
import { verifyFiles } from '../verify';
import { dataJson, knownLeaves, knownReceipts, knownTranscript } from './files';
import { flip, sourceOf, verdict, verdictOf, verifyBytes } from './files';

vi.setConfig({ testTimeout: 60_000 }); // A busy machine is no failure.

const answers = dataJson('draw-kat.json') as { public_key: string };

describe('the known sale', () => {
  it('is in order', async () => {
    const outcome = await verifyBytes(knownTranscript(), knownLeaves(), {
      key: answers.public_key,
    });
    expect(outcome).toMatchObject({
      ok: true,
      leaves: 13,
      items: 5,
      countyTookPart: true,
      warning: null,
    });
  });

  it('is in order when it comes in pieces of any length', async () => {
    for (const size of [1, 103, 105, 1000])
      for (const known of [true, false]) {
        const source = sourceOf(knownLeaves(), size, known);
        expect(verdictOf(await verifyFiles(knownTranscript(), source))).toBe('ok');
      }
  });

  it('explains its awards', async () => {
    const outcome = await verifyBytes(knownTranscript(), knownLeaves());
    if (!outcome.ok) throw new Error(outcome.message);
    const [first, , third, fourth] = outcome.awards;
    expect(first).toMatchObject({ advNo: 7, outcome: 'awarded', rate: 25, member: 0 });
    expect(first?.bidder).toBe('fb464d88b72decc28833c7ac3665b9c0');
    expect(third).toMatchObject({ advNo: 9, member: 3, tied: 1, draw: { tickets: 4n } });
    expect(fourth).toMatchObject({ advNo: 10, outcome: 'withdrawn', rate: null, draw: null });
  });

  it('reports every step with what went in and what came out', async () => {
    const reports: StepReport[] = [];
    await verifyBytes(knownTranscript(), knownLeaves(), {}, (report) => reports.push(report));
    const passed = reports.filter((report) => report.state === 'passed');
    expect(passed.map((report) => report.id)).toEqual(stepIds.slice(0, -1));
    for (const report of passed) {
      expect(report.outcome).not.toBe('');
      expect(report.inputs.length).toBeGreaterThan(0);
      expect(reports.find((first) => first.id === report.id)?.state).toBe('running');
    }
    const head = passed.find((report) => report.id === 'head');
    expect(head?.inputs).toContainEqual({
      label: 'Closed at',
      value: '2026-09-21T14:13:29.502369Z',
    });
  });

  it('is refused under another key than the one known', async () => {
    const key = `00${answers.public_key.slice(2)}`;
    expect(await verdict(knownTranscript(), knownLeaves(), { key })).toBe(
      'verify.signature | file signature: the transcript names the key ' +
        `${answers.public_key}, the one given is ${key}`,
    );
  });

  it('skips what comes after the first failure', async () => {
    const leaves = knownLeaves();
    flip(leaves, 104 * 4 + 90, 1);
    const latest = new Map<string, string>();
    const outcome = await verifyBytes(
      knownTranscript(),
      leaves,
      { receipts: knownReceipts() },
      ({ id, state }) => latest.set(id, state),
    );
    expect(verdictOf(outcome)).toBe(
      'verify.leaves | leaf 5 of 13: its blind is not the one of its bid',
    );
    expect(Object.fromEntries(latest)).toMatchObject({
      head: 'passed',
      leaves: 'failed',
      book: 'skipped',
      receipts: 'skipped',
    });
  });
});

describe('a change', () => {
  it('of any byte of the transcript leaves no form, or another file to sign', () => {
    const text = knownTranscript();
    const good = readTranscript(text);
    if (typeof good === 'string') throw new Error(good);
    const signed = toHex(signedFileHash(good));
    const unnoticed: number[] = [];
    for (let i = 0; i < text.length; i += 3) {
      flip(text, i, 1 << (i % 8));
      const read = readTranscript(text);
      if (
        typeof read !== 'string' &&
        toHex(signedFileHash(read)) === signed &&
        read.signature === good.signature
      )
        unnoticed.push(i);
      flip(text, i, 1 << (i % 8));
    }
    expect(unnoticed).toEqual([]);
  });

  it('of a byte of the transcript fails the first two checks', async () => {
    const text = knownTranscript();
    const leaves = knownLeaves();
    for (let i = 0; i < text.length; i += 97) {
      flip(text, i, 1);
      expect(await verdict(text, leaves), `byte ${i}`).toMatch(/^verify\.(form|signature) /);
      flip(text, i, 1);
    }
    expect(await verdict(text, leaves)).toBe('ok');
    expect(await verdict(text.slice(0, -1), leaves)).toMatch(/^verify\.form /);
    expect(await verdict(new Uint8Array([...text, 10]), leaves)).toMatch(/^verify\.form /);
  });

  it('of any byte of the leaves is found', () => {
    const transcript = readTranscript(knownTranscript());
    if (typeof transcript === 'string') throw new Error(transcript);
    const leaves = knownLeaves();
    const objection = (): string | undefined => {
      const check = new LeafCheck(transcript);
      return check.check(leaves) ?? check.finish();
    };
    const unnoticed: number[] = [];
    for (let i = 0; i < leaves.length; ++i) {
      flip(leaves, i, 1 << (i % 8));
      if (objection() === undefined) unnoticed.push(i);
      flip(leaves, i, 1 << (i % 8));
    }
    expect(unnoticed).toEqual([]);
    expect(objection()).toBeUndefined();
  });

  it('of the size of the leaves is found, known before or not', async () => {
    const text = knownTranscript();
    const leaves = knownLeaves();
    const longer = new Uint8Array([...leaves, ...leaves.subarray(0, 104)]);
    const due = '13 leaves of 104 bytes are due';
    for (const [file, size] of [
      [leaves.subarray(1), 1351],
      [leaves.subarray(104), 1248],
      [new Uint8Array(0), 0],
    ] as const)
      for (const isSizeKnown of [true, false])
        expect(
          verdictOf(await verifyFiles(text, sourceOf(file, 500, isSizeKnown))),
        ).toBe(`verify.leaves | leaves: the file has ${size} bytes, ${due}`);
    expect(await verdict(text, longer)).toBe(
      `verify.leaves | leaves: the file has 1456 bytes, ${due}`,
    );
    expect(verdictOf(await verifyFiles(text, sourceOf(longer, 500, false)))).toBe(
      `verify.leaves | leaves: the file has more than 1352 bytes, ${due}`,
    );
  });
});
