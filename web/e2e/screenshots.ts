// node e2e/screenshots.ts DIRECTORY: pictures of the site for README.md and docs/.
import { settled, startBrowser, watchedPage } from './browser.ts';
import { startService } from './service.ts';

const [directory] = process.argv.slice(2);
const binary = process.env['STRIKEOFF'];
if (!directory || !binary) throw new Error('usage: STRIKEOFF=program screenshots.ts DIRECTORY');

const service = await startService(binary);
const browser = await startBrowser();
try {
  const pictures = [
    ['page', `/sales/${service.auction}`, 1280, 'light'],
    ['items', `/sales/${service.auction}/items`, 1280, 'light'],
    ['results', `/batches/${service.closed}`, 1280, 'dark'],
    ['verifier', `/verify?batch=${service.closed}`, 1280, 'light'],
    ['calculator', '/calculator', 1280, 'light'],
    ['phone', `/sales/${service.auction}/items`, 390, 'dark'],
  ] as const;
  for (const [name, path, width, colorScheme] of pictures) {
    const context = await browser.newContext({ baseURL: service.origin, viewport: { width, height: 900 }, colorScheme });
    const { page } = await watchedPage(context);
    await page.goto(path);
    await settled(page);
    if (name === 'verifier') {
      await page.getByRole('button', { name: 'Make the draw again' }).first().click();
      await page.getByText('Everything is right').waitFor();
    }
    await page.waitForTimeout(1_000); // Charts are drawn a moment after their data are there.
    await page.screenshot({ path: `${directory}/${name}.png` });
    await context.close();
  }
} finally {
  await browser.close();
  await service.stop();
}
