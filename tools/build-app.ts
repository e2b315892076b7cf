/**
 * Bundles one app into dist/apps/<app>/main.js: one CommonJS file that needs nothing but Node
 * (the api-server's also the folder beside it: see etcd3-protos.ts).
 *
 *   node tools/build-app.ts <app>
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import protobuf from 'protobufjs';
import { etcd3Protos } from './etcd3-protos.ts';

const root = join(import.meta.dirname, '..');

/** etcd3 reads its .proto files when it starts: the bundle has them in it instead, as proto-loader's JSON. */
const etcdProtos: Plugin = {
  name: 'etcd-protos',
  setup: ({ onLoad }) =>
    onLoad({ filter: /etcd3[\\/]lib[\\/]connection-pool\.js$/ }, async ({ path }) => {
      const call = 'loadSync)(`${__dirname}/../proto/rpc.proto`';
      const code = await readFile(path, 'utf8');
      if (!code.includes(call))
        throw new Error(`${path} does not load its protos as expected: look at it anew.`);
      const protos = protobuf.loadSync(join(path, '../../proto/rpc.proto')).toJSON({ keepComments: false });
      return { contents: code.replace(call, () => `fromJSON)(${JSON.stringify(protos)}`), loader: 'js' };
    }),
};

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
  plugins: [etcdProtos],
  logLevel: 'warning',
});

if (import.meta.main) {
  const app = process.argv[2];
  if (!app) throw new Error('usage: node tools/build-app.ts <app>');
  await build(appBuildOptions(app));
}
