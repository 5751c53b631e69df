import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const features = ['home', 'county', 'sale', 'items', 'item', 'batch', 'verify', 'guide', 'calculator', 'account'];

const outside = 'Texts that people read stand in src/messages.';
const sentence = '[A-Z][a-z]+ [a-z]+'; // Class names and keys do not begin like this.
const words = '[a-z]{2,} [a-z]{2,}';
const texts = (pattern) => [
  { selector: `Literal[value=/${pattern}/]`, message: outside },
  { selector: `TemplateElement[value.raw=/${pattern}/]`, message: outside },
];
const jsxTexts = [
  { selector: 'JSXText[value=/[A-Za-z]{2,}/]', message: outside },
  { selector: 'JSXAttribute[name.name=/^(alt|aria-label|caption|heading|hint|label|name|placeholder|submitLabel|title)$/] > Literal[value=/[A-Z ]/]', message: outside },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  ...tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      '@typescript-eslint/no-unused-vars': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  // Features do not import features; components and lib import none of them.
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: features.filter((each) => each !== feature).map((each) => `@/features/${each}/*`), message: 'Features do not import features.' }] },
      ],
    },
  })),
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/messages/**', 'src/lib/xlsx.ts', '**/*.test.ts', 'src/lib/verifier/tests/**'],
    rules: { 'no-restricted-syntax': ['error', ...jsxTexts, ...texts(sentence)] },
  },
  // What goes wrong there is told to people, whatever it is.
  {
    files: ['src/lib/verifier/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...texts(sentence), ...texts(words)] },
  },
  {
    files: ['src/components/**', 'src/lib/**', 'src/messages/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@/features/*', '@/app/*'], message: 'Imports point down.' }] }],
    },
  },
);
