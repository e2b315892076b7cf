#!/usr/bin/env node
// Runs okube's bundle, in this process, with the Node that runs this file.
import { existsSync } from 'node:fs';
import { createRequire, enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../../dist/apps/cli/main.js', import.meta.url));
if (existsSync(bundle)) {
  // Node keeps what it has compiled between runs.
  enableCompileCache?.();
  // Not import(): that would search all of the bundle for the names that it exports.
  createRequire(import.meta.url)(bundle);
} else {
  console.error('okube is not built yet: run `npm run build` in the repository first.');
  process.exitCode = 1;
}
