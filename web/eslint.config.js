import { readdirSync } from 'node:fs'

import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

// shared → features → app: each layer may use the ones before it, and a feature never another feature.
// The rules are made from the folders, so that a new feature is fenced in from its first file on.
const features = readdirSync(new URL('./src/features', import.meta.url))

const fence = (files, forbidden, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group: [...forbidden, '../../*'], message }] }],
  },
})

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.recommended,
  { plugins: { 'react-hooks': reactHooks }, rules: reactHooks.configs.recommended.rules },
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-console': 'error',
      'max-lines': ['error', 250],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true, varsIgnorePattern: '^_' }] },
  },
  { files: ['public/**/*.js', 'docs-pages/**/*.js', 'e2e/**/*.mjs'], languageOptions: { globals: globals.browser } },
  fence(['src/shared/**'], ['**/features/**', '**/app/**'], 'shared knows neither features nor the app.'),
  ...features.map((feature) =>
    fence(
      [`src/features/${feature}/**`],
      ['**/app/**', ...features.filter((other) => other !== feature).flatMap((other) => [`@/features/${other}/**`, `../${other}/**`])],
      'A feature uses shared and itself; what two features need belongs to shared.',
    ),
  ),
)
