module.exports = require('../../jest.base.cjs').unit('api', __dirname);
