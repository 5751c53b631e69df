import { sourceOfBlob, type LeafSource } from './leaf_source';
import type { FromWorker, ToWorker } from './protocol';
import { verifyFiles } from './verify';

/** What a dedicated worker has of its global scope; the page's types describe a window. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = self as unknown as WorkerScope;
const say = (message: FromWorker): void => scope.postMessage(message);

let receive: ((piece: Uint8Array | undefined) => void) | undefined;

/** The leaves that the page sends piece by piece; one is asked for when the last was checked. */
const pulled: LeafSource = {
  size: undefined,
  next: () =>
    new Promise((resolve) => {
      receive = resolve;
      say({ type: 'pull' });
    }),
  cancel: () => undefined,
};

async function run(message: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  try {
    const transcript = new Uint8Array(await message.transcript.arrayBuffer());
    const leaves = message.leaves ? sourceOfBlob(message.leaves) : pulled;
    const outcome = await verifyFiles(transcript, leaves, message.options, (report) =>
      say({ type: 'step', report }),
    );
    say({ type: 'outcome', outcome });
  } catch (error) {
    say({ type: 'broken', message: error instanceof Error ? error.message : String(error) });
  }
}

scope.onmessage = ({ data }) => {
  if (data.type === 'start') void run(data);
  else receive?.(data.bytes ?? undefined);
};
