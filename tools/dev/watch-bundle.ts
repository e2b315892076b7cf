/** Rebuilds the bundle of an app whenever one of its sources is saved. */
import { context, type Plugin } from 'esbuild';
import { appBuildOptions } from '../build-app.ts';
import type { App } from '../images/catalog.ts';

/** Calls `onBuilt` after every build that succeeded, never twice at a time; esbuild prints the errors of the others. */
export async function watchBundle(
  app: App,
  onBuilt: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const report: Plugin = {
    name: 'report',
    setup: (build) =>
      build.onEnd(async ({ errors }) => {
        if (errors.length === 0) await onBuilt().catch(ended.reject);
      }),
  };
  const options = appBuildOptions(app);
  const watched = await context({ ...options, plugins: [...(options.plugins ?? []), report] });
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  try {
    await watched.watch({ delay: 0 });
    await ended.promise;
  } finally {
    await watched.dispose();
  }
}
