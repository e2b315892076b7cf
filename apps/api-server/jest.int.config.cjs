module.exports = require('../../jest.base.cjs').integration('api-server', __dirname);
