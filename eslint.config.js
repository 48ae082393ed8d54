import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

const restrictedProperties = [
  { object: 'process', property: 'env', message: 'Read configuration through src/platform/config.' },
  { object: 'Date', property: 'now', message: 'Use the Clock port.' },
  { object: 'Math', property: 'random', message: 'Use the IdSource port.' },
];

export default tseslint.config(
  { ignores: ['**/dist/**', 'coverage/**', '.chopmark/**', '*.cjs', '**/*.mjs', 'eslint.config.js'] },
  ...tseslint.configs.strictTypeChecked,
  prettier,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      curly: 'error',
      'no-console': 'error',
      'no-restricted-properties': ['error', ...restrictedProperties],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Decorator metadata names the classes of constructor parameters when the class is defined.
      '@typescript-eslint/no-use-before-define': [
        'error',
        {
          classes: true,
          functions: false,
          variables: false,
          enums: false,
          typedefs: false,
          ignoreTypeReferences: false,
        },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // DTOs are classes for their decorators; their instances are plain data.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Constructor injection lists its collaborators one by one: six at most.
    files: ['src/**/*.ts'],
    rules: { 'max-params': 'off', '@typescript-eslint/max-params': ['error', { max: 6 }] },
  },
  {
    files: ['src/platform/config/**', 'scripts/**', 'bench/**', 'test/**'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // A migration is one list that is read from top to bottom.
    files: ['migrations/**'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
);
