const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

/** Integration tests run what is shipped: the bundle. */
module.exports = () => {
  const root = join(__dirname, '../..');
  execFileSync(process.execPath, ['tools/build-app.ts', 'proxy'], { cwd: root, stdio: 'inherit' });
};
