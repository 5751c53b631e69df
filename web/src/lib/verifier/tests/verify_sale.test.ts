// @vitest-environment node
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { verifySale, type Outcome, type StepReport } from '..';
import type { FromWorker, ToWorker } from '../protocol';
import { knownLeaves, knownReceipts, knownTranscript } from './files';

vi.setConfig({ testTimeout: 60_000 }); // A busy machine is no failure.

/** What the worker's file sees as its scope. */
interface Scope {
  onmessage: ((event: { data: ToWorker }) => void) | null;
  postMessage: (message: FromWorker) => void;
}

const scope: Scope = { onmessage: null, postMessage: () => undefined };
let ended = 0;

/** The worker's file in this thread, with messages that are copied like those to a worker. */
function createWorker(): Worker {
  const worker = {
    onmessage: null as ((event: { data: FromWorker }) => void) | null,
    postMessage: (data: ToWorker): void => {
      // Blobs cannot be copied here, where they would in a browser.
      const copy = data.type === 'piece' ? structuredClone(data) : data;
      queueMicrotask(() => scope.onmessage?.({ data: copy }));
    },
    terminate: (): void => void ++ended,
  };
  scope.postMessage = (message) => {
    const data = structuredClone(message);
    queueMicrotask(() => worker.onmessage?.({ data }));
  };
  return worker as unknown as Worker;
}

beforeAll(async () => {
  Object.assign(globalThis, { self: scope });
  await import('../verifier.worker');
});

const transcript = (): Blob => new Blob([knownTranscript()]);
const ok: Partial<Outcome> = { ok: true };

function streamOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe('a sale', () => {
  it('is verified from files, from streams and from answers of a server', async () => {
    const before = ended;
    const options = { createWorker };
    const steps: StepReport[] = [];
    const leaves = new Blob([knownLeaves()]);
    const hear = (report: StepReport): void => void steps.push(report);
    expect(await verifySale(transcript(), leaves, hear, options)).toMatchObject(ok);
    expect(steps.at(-1)).toMatchObject({ id: 'results', state: 'passed' });
    const stream = streamOf(knownLeaves(), 100);
    expect(await verifySale(transcript(), stream, undefined, options)).toMatchObject(ok);
    const answers = [new Response(transcript()), new Response(leaves)] as const;
    expect(await verifySale(...answers, undefined, options)).toMatchObject(ok);
    expect(ended - before).toBe(3);
  });

  it('is held against receipts and a key', async () => {
    const leaves = (): Blob => new Blob([knownLeaves()]);
    const receipts = knownReceipts();
    const partial = { createWorker, receipts, partial: true };
    expect(await verifySale(transcript(), leaves(), undefined, partial)).toMatchObject(ok);
    const complete = { createWorker, receipts };
    expect(await verifySale(transcript(), leaves(), undefined, complete)).toMatchObject({
      ok: false,
      step: 'receipts',
      reason: 'verify.receipts',
    });
    const key = { createWorker, key: '00'.repeat(32) };
    expect(await verifySale(transcript(), leaves(), undefined, key)).toMatchObject({
      reason: 'verify.signature',
    });
  });

  it('is neither right nor wrong when a file cannot be read', async () => {
    const missing = new Response('no such batch', { status: 404 });
    const run = verifySale(transcript(), missing, undefined, { createWorker });
    await expect(run).rejects.toThrow('status 404');
    const broken = new ReadableStream<Uint8Array>({
      pull: () => Promise.reject(new Error('the connection was lost')),
    });
    await expect(
      verifySale(transcript(), broken, undefined, { createWorker }),
    ).rejects.toThrow('the connection was lost');
  });

  it('stops when it is told to', async () => {
    const before = ended;
    const controller = new AbortController();
    const endless = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    const { signal } = controller;
    const run = verifySale(transcript(), endless, undefined, { createWorker, signal });
    setTimeout(() => controller.abort(new Error('stopped')), 50);
    await expect(run).rejects.toThrow('stopped');
    expect(ended - before).toBe(1);
  });
});
