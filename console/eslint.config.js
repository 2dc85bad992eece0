import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const features = readdirSync(new URL('./src/features', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** Refuses imports that cross a border of the house, naming the border. */
const forbid = (files, patterns) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
  },
});

const upwards = [['../../*', '../../**'], 'Leave the folder through the @/ alias, so that borders are checked.'];
const appBorder = [['@/app/*', '@/app/**'], 'Only the entry point may import app.'];

export default tseslint.config(
  { ignores: ['dist', 'src/api/generated.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'dev/*.mjs'] }, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that defines the name.' },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: reactHooks.configs['recommended-latest'].rules },
  { files: ['eslint.config.js', 'dev/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['dev/**'], rules: { 'no-console': 'off' }, languageOptions: { globals: globals.node } },
  forbid(['src/lib/**'], [[['@/app/**', '@/features/**', '@/ui/**', '@/api/**'], 'lib stands on nothing but lib.'], upwards]),
  forbid(['src/api/**'], [[['@/app/**', '@/features/**', '@/ui/**'], 'api may use lib only.'], upwards]),
  forbid(['src/ui/**'], [
    [['@/app/**', '@/features/**', '@/api/**'], 'ui may use lib only.'],
    [['@tanstack/react-router'], 'ui knows no router: take a link or a callback as a property.'],
    upwards,
  ]),
  ...features.map((name) =>
    forbid([`src/features/${name}/**`], [
      [
        ['@/features/**', `!@/features/${name}`, `!@/features/${name}/**`, ...features.filter((other) => other !== name).flatMap((other) => [`../${other}`, `../${other}/**`])],
        'Features never import features.',
      ],
      appBorder,
      upwards,
    ]),
  ),
);
