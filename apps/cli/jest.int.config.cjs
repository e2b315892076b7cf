module.exports = require('../../jest.base.cjs').integration('cli', __dirname);
