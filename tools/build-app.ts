/**
 * Bundles one app into dist/apps/<app>/main.js: one CommonJS file that needs nothing but Node
 * (the api-server's also the folder beside it: see etcd3-protos.ts).
 *
 *   node tools/build-app.ts <app>
 */
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { etcd3Protos } from './etcd3-protos.ts';

const root = join(import.meta.dirname, '..');

/** The esbuild options of an app, for a single build as for a watch. */
export const appBuildOptions = (app: string): BuildOptions => ({
  absWorkingDir: root,
  entryPoints: [`apps/${app}/src/main.ts`],
  outfile: `dist/apps/${app}/main.js`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  sourcemap: 'linked',
  sourcesContent: false,
  keepNames: true,
  // Native helpers of ssh2, which dockerode loads only for ssh:// engines and can do without.
  external: ['*.node', 'cpu-features'],
  plugins: [etcd3Protos],
  logLevel: 'warning',
});

if (import.meta.main) {
  const app = process.argv[2];
  if (!app) throw new Error('usage: node tools/build-app.ts <app>');
  await build(appBuildOptions(app));
}
