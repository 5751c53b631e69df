import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const features = ['home', 'county', 'sale', 'items', 'item', 'batch', 'verify', 'guide', 'calculator', 'account'];

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
    files: ['src/components/**', 'src/lib/**', 'src/messages/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@/features/*', '@/app/*'], message: 'Imports point down.' }] }],
    },
  },
);
