module.exports = require('../../jest.base.cjs').integration('agent', __dirname);
