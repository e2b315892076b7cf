module.exports = require('../../jest.base.cjs').integration('proxy', __dirname);
