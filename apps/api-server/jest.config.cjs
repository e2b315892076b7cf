module.exports = require('../../jest.base.cjs').unit('api-server', __dirname);
