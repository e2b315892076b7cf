module.exports = require('../../jest.base.cjs').unit('cli', __dirname);
