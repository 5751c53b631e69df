// A sale to look at: the demo of the built program, in a directory of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const patienceMs = 240_000;

export interface Service {
  origin: string;
  auction: string;
  closed: string; // A batch with results.
  closing: string; // One that takes bids until a test moves its end.
  open: string; // One that takes bids for as long as the tests run.
  county: string;
  /** As one of two people of the county's staff, or as an administrator. */
  ask: (who: 'staff' | 'deputy' | 'admin', method: string, path: string, body?: unknown, type?: string) => Promise<Response>;
  /** One who bids in the demo. */
  investor: { id: string; key: string };
  /** In the service's own database, for what no import brings yet. */
  sql: (text: string) => void;
  mails: () => string[];
  /** What the demo prints for an address to sign in with. */
  passwordOf: (email: string) => string;
  stop: () => Promise<void>;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

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
      const [closing, open] = batches.filter((batch) => batch.status === 'open');
      if (closed && closing && open)
        return { auction: sale.id, county: sale.county_id, closed: closed.id, closing: closing.id, open: open.id };
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

interface Started {
  origin: string;
  data: string;
  alive: () => boolean;
  said: () => string;
  stop: () => Promise<void>;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  await gone;
}

/** Runs a command of the program on a directory of its own, at a port that the system chooses. */
async function start(binary: string, command: (data: string) => string[]): Promise<Started> {
  const directory = mkdtempSync(join(tmpdir(), 'strikeoff-web-'));
  chmodSync(directory, 0o755); // PostgreSQL runs as a user of its own, who must get through.
  const data = join(directory, 'data');
  const child = spawn(binary, [...command(data), '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const alive = () => child.exitCode === null;
  const stop = async () => {
    await stopped(child);
    rmSync(directory, { recursive: true, force: true });
  };
  const origin = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  for (const end = Date.now() + patienceMs; origin() === undefined && Date.now() < end && alive(); ) await pause(100);
  const found = origin();
  if (found !== undefined) return { origin: found, data, alive, said: () => said, stop };
  await stop();
  throw new Error(`the program does not say where it listens\n${said}`);
}

interface Cast {
  admin: { key: string };
  staff: { key: string }[];
  investors: { id: string; key: string }[];
}

/** A sale of the demo with a closed batch and two open ones. */
export async function startService(binary: string): Promise<Service> {
  const { origin, data, alive, said, stop } = await start(binary, (directory) => [
    'demo', '--data', directory, '--investors', '4', '--batches', '3', '--first-end', '25', '--batch-seconds', '900',
  ]);
  try {
    const sale = await saleWithResults(origin, alive);
    const { admin, staff, investors } = JSON.parse(readFileSync(join(data, 'demo', 'cast.json'), 'utf8')) as Cast;
    const [investor] = investors;
    if (!investor) throw new Error('the demo has no investors');
    const keys = { admin: admin.key, staff: staff[0]?.key, deputy: staff[1]?.key };
    const ask: Service['ask'] = (who, method, path, body, type = 'application/json') =>
      fetch(origin + path, {
        method,
        headers: { Authorization: `Bearer ${keys[who] ?? ''}`, 'Content-Type': type },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
    const sql = (text: string) => {
      const psql = ['psql', '-q', '-v', 'ON_ERROR_STOP=1', '-h', join(data, 'run'), '-U', 'strikeoff_owner', '-c', text, 'strikeoff'];
      // A cluster that root started belongs to the system's user.
      const [program = '', ...rest] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...psql] : psql;
      execFileSync(program, rest, { stdio: 'pipe' });
    };
    const passwordOf = (email: string) => {
      const found = new RegExp(`${email}\\s+(\\S+)`).exec(said())?.[1];
      if (found === undefined) throw new Error(`the demo prints no password of ${email}`);
      return found;
    };
    return { origin, ...sale, ask, investor, sql, mails: () => mailsIn(join(data, 'mails')), passwordOf, stop };
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${said()}`, { cause: error });
  }
}

/** The service as it is before anybody has done anything with it. */
export async function startBare(binary: string): Promise<Pick<Started, 'origin' | 'stop'>> {
  const { origin, alive, said, stop } = await start(binary, (directory) => [
    'serve', '--data', directory, '--keys', `${directory}-keys`,
  ]);
  for (const end = Date.now() + patienceMs; Date.now() < end && alive(); await pause(300)) {
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return { origin, stop };
  }
  await stop();
  throw new Error(`the service did not come up\n${said()}`);
}
