/** Starts the containers of a cluster. */
import { mkdir } from 'node:fs/promises';
import { changedApps, forgetChanged } from '../dev/changed-apps.ts';
import { servicesOf } from '../dev/deploy-bundle.ts';
import { isApp } from '../images/catalog.ts';
import { step } from '../kit/say.ts';
import type { Cluster, Place } from './cluster.ts';
import { compose } from './compose.ts';

/** Replaces the containers into which `npm run dev` has put another bundle than that of their image. */
async function replaceChanged(cluster: Cluster, place: Place): Promise<void> {
  const services = (await changedApps(cluster)).filter(isApp).flatMap((app) => servicesOf[app]);
  if (services.length === 0) return;
  await compose(cluster, ['up', '--detach', '--no-build', '--no-deps', '--force-recreate', ...services], {
    place,
  });
  await forgetChanged(cluster);
}

/** Starts the cluster's containers at that place; with one that runs already, only what has changed is replaced. */
export async function startContainers(cluster: Cluster, place: Place): Promise<void> {
  const where = `nodes on ${place.prefix}.0/24, API on 127.0.0.1:${place.port}`;
  await step(`Starting the containers (${where})`, async ({ note }) => {
    await mkdir(cluster.dir, { recursive: true });
    const up = ['up', '--detach', '--no-build', '--remove-orphans'];
    await compose(cluster, up, { place, onLine: note });
    await replaceChanged(cluster, place);
  });
}
