module.exports = {
  ...require('../jest.base.cjs').unit('tools', __dirname),
  roots: ['<rootDir>'],
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$'],
};
