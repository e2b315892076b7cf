module.exports = {
  ...require('../../jest.base.cjs').unit('proxy', __dirname),
  ...require('./jest.settings.cjs'),
};
