// @vitest-environment node
import { ESLint } from 'eslint';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 }); // The linter reads its whole configuration.

const linter = new ESLint({ overrideConfig: [{ linterOptions: { reportUnusedDisableDirectives: 'off' } }] });

/** Where the linter finds a text that belongs into the catalogue, by line. */
async function found(filePath: string, lines: string[]): Promise<number[]> {
  const [result] = await linter.lintText(lines.join('\n'), { filePath });
  const of = (result?.messages ?? []).filter((each) => each.ruleId === 'no-restricted-syntax');
  return [...new Set(of.map((each) => each.line))];
}

test('a text outside of the catalogue is found wherever it stands', async () => {
  expect(await found('src/features/guide/guide.tsx', [
    'export const One = () => <p className="grid-cell is-choice">Read this</p>;',
    'export const Two = () => <img alt="A map" title={`Map of ${2}`} />;',
    "export const three = 'Read this first';",
    'export const four = `There are ${3} of them`;',
    "export const five = 'usa-button usa-button--outline';",
    "export const six = ['rate_step', 'GET', '/api/v1'];",
  ])).toEqual([1, 2, 3, 4]);
  expect(await found('src/lib/verifier/leaf.ts', [
    "export const one = 'its rate is not legal';",
    'export const two = `leaf ${1}: it is late`;',
    "export const three = 'first_received';",
  ])).toEqual([1, 2]);
});
