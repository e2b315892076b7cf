module.exports = {
  ...require('../../jest.base.cjs').integration('e2e', __dirname),
  roots: ['<rootDir>'],
  testMatch: ['<rootDir>/**/*.int.spec.ts'],
  testTimeout: 180_000,
  globalTeardown: '<rootDir>/global-teardown.ts',
};
