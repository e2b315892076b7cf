module.exports = require('../../jest.base.cjs').unit('process', __dirname);
