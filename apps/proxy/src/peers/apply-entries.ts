/** Looks at the entries of vxlan10 and carries a plan out. */
import type { Exec } from '../exec';
import { applyLines } from '../links/batch';
import { vxlanName } from '../links/names';
import { parseForwarding, parseNeighbours, parseRoutes } from '../links/observe';
import type { EntryPlan, SeenEntries } from './plan-entries';

/** Reads what vxlan10 has. */
export async function observeEntries(exec: Exec): Promise<SeenEntries> {
  const [ip, bridge] = await Promise.all([
    exec(['ip', '-j', '-batch', '-'], {
      stdin: `neigh show dev ${vxlanName}\nroute show dev ${vxlanName}\n`,
    }),
    exec(['bridge', '-j', 'fdb', 'show', 'dev', vxlanName]),
  ]);
  const [neighbours = '', routes = ''] = ip.stdout.split('\n');
  return {
    neighbours: parseNeighbours(neighbours),
    forwarding: parseForwarding(bridge.stdout),
    routes: parseRoutes(routes),
  };
}

/** Runs the three batches. What is to go and is not there is no error. */
export async function applyEntries(exec: Exec, { first, second, third }: EntryPlan): Promise<void> {
  const what = 'Could not program the ways to the other nodes';
  await applyLines(exec, ['ip'], first, what);
  await applyLines(exec, ['bridge'], second, what);
  await applyLines(exec, ['ip'], third, what);
}
