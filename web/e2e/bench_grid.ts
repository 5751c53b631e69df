import type { Page } from 'playwright-core';

export async function timed(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Waits until a row is there with what stands in it. */
export const untilRow = (page: Page, row: number) =>
  page.waitForFunction((index) => document.querySelector(`.grid-body [data-index="${index}"]`)?.getAttribute('aria-busy') === 'false', row, { polling: 'raf' });

interface Scrolled {
  frames: number;
  gaps: number;
  coming: number;
  rows: number;
  longestMs: number;
}

/** Looks at every frame: is what is shown of the grid covered by rows, and have they all come? */
function watchFrames() {
  const out = { frames: 0, gaps: 0, coming: 0, rows: 0, longestMs: 0 };
  const scroller = document.querySelector('.grid-scroll') as HTMLElement;
  let before = performance.now();
  const look = (now: number) => {
    out.longestMs = Math.max(out.longestMs, now - before);
    before = now;
    ++out.frames;
    const view = scroller.getBoundingClientRect();
    const head = scroller.querySelector('.grid-head')?.getBoundingClientRect().bottom ?? view.top;
    const shown = [...scroller.querySelectorAll<HTMLElement>('.grid-body .grid-row')]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > head && box.top < view.bottom)
      .sort((a, b) => a.box.top - b.box.top);
    let covered = head;
    for (const { box } of shown) if (box.top <= covered + 1) covered = Math.max(covered, box.bottom);
    if (covered < view.bottom - 20) ++out.gaps; // A bar to scroll sideways may stand there.
    if (shown.some(({ row }) => row.getAttribute('aria-busy') === 'true')) ++out.coming;
    out.rows = Math.max(out.rows, Number(shown.at(-1)?.row.dataset['index'] ?? 0));
    if ((window as unknown as { stopFrames?: boolean }).stopFrames) return;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  (window as unknown as { frames: object }).frames = out;
}

/** Turns the wheel for so long as fast as a hand does. */
export async function scrollThrough(page: Page, forMs: number): Promise<Scrolled> {
  const box = await page.locator('.grid-scroll').boundingBox();
  if (!box) throw new Error('there is no grid');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(watchFrames);
  for (const end = Date.now() + forMs; Date.now() < end; ) {
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(20);
  }
  return page.evaluate(() => {
    const { frames } = window as unknown as { frames: Scrolled };
    (window as unknown as { stopFrames: boolean }).stopFrames = true;
    return frames;
  });
}
