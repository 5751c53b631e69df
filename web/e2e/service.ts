// A sale to look at: the demo of the built program, in a directory of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const patienceMs = 150_000;

export interface Service {
  origin: string;
  auction: string;
  closed: string; // A batch with results.
  open: string; // One that still takes bids.
  county: string;
  mails: () => string[];
  /** What the demo prints for an address to sign in with. */
  passwordOf: (email: string) => string;
  stop: () => Promise<void>;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

interface Listed {
  items: { id: string; county_id: string; status: string; number: number }[];
}

async function saleWithResults(origin: string, alive: () => boolean) {
  const read = async (path: string) => (await (await fetch(origin + path)).json()) as Listed;
  for (const end = Date.now() + patienceMs; Date.now() < end && alive(); await pause(500)) {
    try {
      const sale = (await read('/api/v1/auctions')).items[0];
      if (!sale) continue;
      const batches = (await read(`/api/v1/auctions/${sale.id}/batches`)).items;
      const closed = batches.find((batch) => batch.status === 'closed');
      const open = batches.find((batch) => batch.status === 'open');
      if (closed && open) return { auction: sale.id, county: sale.county_id, closed: closed.id, open: open.id };
    } catch {
      continue; // It has not come up yet; the loop ends in time.
    }
  }
  throw new Error('the demo did not come to a closed batch');
}

function mailsIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  await gone;
}

export async function startService(binary: string): Promise<Service> {
  const directory = mkdtempSync(join(tmpdir(), 'strikeoff-web-'));
  chmodSync(directory, 0o755); // PostgreSQL runs as a user of its own, who must get through.
  const data = join(directory, 'data');
  const port = await freePort();
  const child = spawn(
    binary,
    ['demo', '--data', data, '--port', String(port), '--investors', '4', '--batches', '2', '--first-end', '25', '--batch-seconds', '600'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const stop = async () => {
    await stopped(child);
    rmSync(directory, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    const sale = await saleWithResults(origin, () => child.exitCode === null);
    const passwordOf = (email: string) => {
      const found = new RegExp(`${email}\\s+(\\S+)`).exec(said)?.[1];
      if (found === undefined) throw new Error(`the demo prints no password of ${email}`);
      return found;
    };
    return { origin, ...sale, mails: () => mailsIn(join(data, 'mails')), passwordOf, stop };
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${said}`, { cause: error });
  }
}
