import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Outside things have one door each: only the files named may import them. */
const doors = [
  { name: '@grpc/grpc-js', files: ['libs/rpc/**', 'tools/bench/**'] },
  { name: 'etcd3', files: ['apps/api-server/src/storage/**', 'tools/bench/**'] },
  { name: 'dockerode', files: ['apps/agent/src/docker/**', 'apps/cli/src/docker/**', 'libs/testing/**'] },
  { name: 'execa', files: ['apps/proxy/src/exec.ts'] },
  { name: 'winston', files: ['libs/process/**'] },
];

/** What a file may not import: every door but its own. One rule per door would overwrite the one before. */
const restricted = (allowed) => [
  'error',
  {
    paths: doors
      .filter(({ name }) => !allowed.includes(name))
      .map(({ name, files }) => ({ name, message: `Only ${files.join(', ')} may import ${name}.` })),
  },
];

const openDoors = Object.entries(
  doors.reduce((byFiles, { name, files }) => {
    for (const file of files) (byFiles[file] ??= []).push(name);
    return byFiles;
  }, {}),
).map(([file, names]) => ({ files: [file], rules: { 'no-restricted-imports': restricted(names) } }));

const scope = (name, ...may) => ({
  sourceTag: `scope:${name}`,
  onlyDependOnLibsWithTags: may.map((lib) => `scope:${lib}`),
});

export default [
  { ignores: ['**/dist', '**/node_modules', 'libs/api/src/generated', '**/*.cjs', '.nx', '.own-kube'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      'no-restricted-imports': restricted([]),
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An async function without await is how a port is fulfilled by a fake or a synchronous adapter.
      '@typescript-eslint/require-await': 'off',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: [
            { sourceTag: 'type:app', notDependOnLibsWithTags: ['type:app'] },
            scope('api', 'api'),
            scope('process', 'process'),
            scope('rpc', 'rpc', 'api'),
            scope('client', 'client', 'api', 'rpc', 'process'),
            { sourceTag: 'scope:testing', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'type:tools', onlyDependOnLibsWithTags: ['type:lib'] },
          ],
        },
      ],
    },
  },
  ...openDoors,
  // Command line tools speak to a person.
  { files: ['tools/**/*.ts', 'apps/cli/src/**/*.ts'], rules: { 'no-console': 'off' } },
  // Jest's matchers are typed as any.
  { files: ['**/*.spec.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  prettier,
];
