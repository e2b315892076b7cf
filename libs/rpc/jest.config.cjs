module.exports = require('../../jest.base.cjs').unit('rpc', __dirname);
