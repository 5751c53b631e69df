// The site comes in parts, each when it is first wanted.

/** A part could not be read because the service could not be reached. */
export class PartMissing extends Error {}

async function isReached(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/**
 * A part that is gone although the service answers is one of an older build: the router loads the
 * page anew for it. Without a connection that would leave the reader with nothing.
 */
export const part = <Module>(load: () => Promise<Module>) => (): Promise<Module> =>
  load().catch(async (error: unknown) => {
    if (await isReached()) throw error;
    throw new PartMissing('a part of the site could not be read', { cause: error });
  });

/** Browsers remember that a part failed; a new page forgets it. */
export async function reloadOnceReached(): Promise<void> {
  if (await isReached()) location.reload();
}
