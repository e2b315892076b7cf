const { join } = require('node:path');

/** unicorn-magic, below execa, exports itself to `import` alone, which jest's `require` does not find. */
exports.moduleNameMapper = { '^unicorn-magic$': join(__dirname, '../../node_modules/unicorn-magic/node.js') };
