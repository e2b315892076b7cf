/** etcd3 reads its .proto files from its own package when it is loaded; beside a bundle they lie in the folder proto. */
import { cp, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const asWritten = '`${__dirname}/../proto/rpc.proto`';

/** Lets a bundle find etcd3's .proto files, and puts them there. */
export const etcd3Protos: Plugin = {
  name: 'etcd3-protos',
  setup: (build) => {
    build.onLoad({ filter: /etcd3\/lib\/connection-pool\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(asWritten))
        throw new Error(`${path} no longer loads ${asWritten}: see tools/etcd3-protos.ts`);
      const { absWorkingDir = '.', outfile = '', outdir = dirname(outfile) } = build.initialOptions;
      const target = resolve(absWorkingDir, outdir, 'proto');
      await cp(join(dirname(path), '../proto'), target, { recursive: true });
      return { contents: source.replace(asWritten, '`${__dirname}/proto/rpc.proto`'), loader: 'js' };
    });
  },
};
