module.exports = require('../../jest.base.cjs').integration('scheduler', __dirname);
