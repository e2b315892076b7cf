module.exports = require('../../jest.base.cjs').unit('testing', __dirname);
