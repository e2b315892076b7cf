/** `npm stop`: takes the cluster down and says what is left, which should be nothing. The Docker engine stays. */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { pickCluster } from './cluster/cluster.ts';
import { countRemains, findRemains, removeCluster } from './cluster/remove-cluster.ts';
import { root } from './kit/paths.ts';
import { say, step } from './kit/say.ts';
import { Stop, task } from './kit/task.ts';
import { engineLog, enginePidFile, engineVersion } from './setup/engine.ts';
import { completePath, hasCommand } from './setup/prerequisites.ts';

await task(async () => {
  const cluster = pickCluster();
  completePath();
  if (!hasCommand('docker') || !(await engineVersion())) {
    say('No Docker engine runs here, so no cluster does.');
    return;
  }
  const there = countRemains(await findRemains(cluster));
  if (there === 0) say(`There is nothing of the cluster ${cluster.name} on this machine.`);
  else {
    const remains = await step(`Taking down the cluster ${cluster.name}`, () => removeCluster(cluster));
    if (countRemains(remains) > 0)
      throw new Stop(
        `This is still there: ${JSON.stringify(remains)}. Ask Docker for the reason: docker rm, docker network rm.`,
      );
    say('Its containers, networks, volumes and files are gone; its images stay, for the next start.');
  }
  if (existsSync(enginePidFile))
    say(`The Docker engine that was started for it runs on (log: ${relative(root, engineLog)}).`);
});
