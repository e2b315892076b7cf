module.exports = {
  ...require('../../jest.base.cjs').integration('proxy', __dirname),
  ...require('./jest.settings.cjs'),
  globalSetup: '<rootDir>/jest.global-setup.cjs',
};
