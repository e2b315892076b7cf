module.exports = require('../../jest.base.cjs').unit('client', __dirname);
