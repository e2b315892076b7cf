/** Rebuilds the bundle of an app whenever one of its sources is saved. */
import { watch } from 'node:fs/promises';
import { context, type BuildContext } from 'esbuild';
import { appBuildOptions } from '../build-app.ts';
import type { App } from '../images/catalog.ts';
import { inRoot } from '../kit/paths.ts';

const watched = (app: App): string[] => [inRoot('apps', app, 'src'), inRoot('libs')];
const isSource = (file: string | null): boolean =>
  file !== null && /\.(ts|js|json|proto)$/.test(file) && !/(^|\/)node_modules\/|\.spec\.ts$/.test(file);

/** Rebuilds while saves arrive, one build at a time; what is saved during one starts another. */
function rebuilder(builder: BuildContext, onBuilt: () => Promise<void>): () => Promise<void> {
  let asked = false;
  let running: Promise<void> | undefined;
  const rebuild = async (): Promise<void> => {
    while (asked) {
      asked = false;
      // esbuild prints what is wrong with the source; the next save is another try.
      const built = await builder.rebuild().catch(() => undefined);
      if (built && !asked) await onBuilt();
    }
  };
  return () => {
    asked = true;
    return (running ??= rebuild().finally(() => (running = undefined)));
  };
}

/** Builds once, and again after every save, until the signal aborts. `onBuilt` follows each build that succeeded. */
export async function watchBundle(
  app: App,
  onBuilt: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const builder = await context(appBuildOptions(app));
  const rebuild = rebuilder(builder, onBuilt);
  const watchFolder = async (folder: string): Promise<void> => {
    for await (const { filename } of watch(folder, { recursive: true, signal }))
      if (isSource(filename)) await rebuild();
  };
  try {
    await Promise.all([rebuild(), ...watched(app).map(watchFolder)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await builder.dispose();
  }
}
