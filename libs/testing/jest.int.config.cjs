module.exports = require('../../jest.base.cjs').integration('testing', __dirname);
