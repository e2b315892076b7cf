module.exports = require('../../jest.base.cjs').unit('scheduler', __dirname);
