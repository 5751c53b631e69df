import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { VerifyOptions } from '../report';

/**
 * The binary to agree with, when one is named in `STRIKEOFF`. Without it the tests hold the
 * verifier against the verdicts that the binary gave when `agreement.json` was written:
 * `STRIKEOFF=build/release/strikeoff UPDATE_GOLDEN=1 npx vitest run agreement`.
 */
export const binary = process.env.STRIKEOFF;
const golden = fileURLToPath(new URL('agreement.json', import.meta.url));

/** What `strikeoff verify` says of the files, as `verdictOf` says it. */
export function commandVerdict(
  transcript: Uint8Array,
  leaves: Uint8Array,
  options: VerifyOptions = {},
): string {
  if (binary === undefined) throw new Error('STRIKEOFF names no binary');
  const directory = mkdtempSync(join(tmpdir(), 'strikeoff-verdict-'));
  try {
    const path = join(directory, 'batch.json');
    writeFileSync(path, transcript);
    writeFileSync(join(directory, 'batch.leaves'), leaves);
    const flags = ['verify', path, '--json'];
    if (options.receipts !== undefined) {
      writeFileSync(join(directory, 'receipts.json'), options.receipts);
      flags.push('--receipts', join(directory, 'receipts.json'));
    }
    if (options.partial) flags.push('--partial');
    const run = spawnSync(binary, flags, { encoding: 'utf8' });
    if (run.status !== 0 && run.status !== 1) throw new Error(`${run.status}: ${run.stderr}`);
    const said = JSON.parse(run.stdout) as { ok: boolean; reason: string; message: string };
    return said.ok ? 'ok' : `${said.reason} | ${said.message}`;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The verdicts by the name of the case, from the binary or as it gave them before. */
export class Verdicts {
  private readonly said: Record<string, string>;

  constructor() {
    this.said = JSON.parse(readFileSync(golden, 'utf8')) as Record<string, string>;
  }

  of(
    name: string,
    transcript: Uint8Array,
    leaves: Uint8Array,
    options: VerifyOptions = {},
  ): string | undefined {
    if (binary !== undefined) this.said[name] = commandVerdict(transcript, leaves, options);
    return this.said[name];
  }

  /** Keeps what the binary said, when that is asked for. */
  keep(): void {
    if (binary !== undefined && process.env.UPDATE_GOLDEN === '1')
      writeFileSync(golden, `${JSON.stringify(this.said, null, 1)}\n`);
  }
}
