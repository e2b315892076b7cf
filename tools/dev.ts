/**
 * `npm run dev -- <app>`: rebuilds the app on every save, puts the bundle into its running containers, restarts only
 * these, and shows their log.
 */
import { pickCluster } from './cluster/cluster.ts';
import { changedApps, noteChanged } from './dev/changed-apps.ts';
import { containersOf, deployBundle, servicesOf } from './dev/deploy-bundle.ts';
import { followLogs } from './dev/follow-logs.ts';
import { watchBundle } from './dev/watch-bundle.ts';
import { apps, isApp } from './images/catalog.ts';
import { nxEnv } from './images/ensure-okube.ts';
import { inRoot } from './kit/paths.ts';
import { run } from './kit/run.ts';
import { say, step } from './kit/say.ts';
import { Stop, task } from './kit/task.ts';
import { engineVersion } from './setup/engine.ts';
import { completePath } from './setup/prerequisites.ts';

await task(async ([name], signal) => {
  if (!isApp(name))
    throw new Stop(
      `${name ? `There is no app "${name}".` : 'Which app?'} npm run dev -- <app>, one of: ${apps.join(', ')}.`,
    );
  const app = name;
  const cluster = pickCluster();
  completePath();
  if (!(await engineVersion()))
    throw new Stop('No Docker engine answers. Start the cluster first: npm start');
  const containers = await containersOf(cluster, app);
  if (containers.length < servicesOf[app].length)
    throw new Stop(`The cluster has no running ${app}. Start the cluster first: npm start`);
  await step('Generating the messages', ({ note }) =>
    run([inRoot('node_modules/.bin/nx'), 'run', 'api:generate'], { env: nxEnv, onLine: note }),
  );
  const onBuilt = async (): Promise<void> => {
    const started = Date.now();
    if (!(await changedApps(cluster)).includes(app)) await noteChanged(cluster, app);
    await deployBundle(app, containers);
    const where = containers.map(({ title }) => title).join(', ') || 'dist/, for npx okube';
    say(`==> ${app} is built and runs in ${where} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  };
  say(`==> Watching apps/${app} and libs/; Ctrl-C ends this and leaves the cluster as it is`);
  await Promise.all([watchBundle(app, onBuilt, signal), followLogs(containers, signal)]);
});
