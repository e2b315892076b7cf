/** Jest settings that all projects share. Unit tests are *.spec.ts, tests on real parts are *.int.spec.ts. */
const esmOnly = [
  'execa',
  '@sindresorhus',
  'figures',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'npm-run-path',
  'path-key',
  'pretty-ms',
  'parse-ms',
  'strip-final-newline',
  'unicorn-magic',
  'which-command',
  'yoctocolors',
  'is-unicode-supported',
  '@sec-ant',
];

const common = (displayName, rootDir) => ({
  displayName,
  rootDir,
  roots: ['<rootDir>/src'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|mjs|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  // Packages that are ES modules alone are compiled as our own code is.
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
});

exports.unit = (displayName, rootDir) => ({
  ...common(displayName, rootDir),
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$'],
});

exports.integration = (displayName, rootDir) => ({
  ...common(`${displayName}:integration`, rootDir),
  testMatch: ['<rootDir>/src/**/*.int.spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
});
