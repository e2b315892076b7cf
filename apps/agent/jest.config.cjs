module.exports = require('../../jest.base.cjs').unit('agent', __dirname);
