/** Looks at the devices and routes of a namespace. */
import type { Exec } from '../exec';
import { parseLinks, parseRoutes, type Link, type Route } from './observe';

/** What is there. */
export interface SeenNetwork {
  readonly links: readonly Link[];
  readonly routes: readonly Route[];
}

/** Reads all devices and IPv4 routes: of the node, or of the namespace that a descriptor holds. */
export async function observeNetwork(exec: Exec, netnsFd?: number): Promise<SeenNetwork> {
  const show = ['ip', '-j', '-d', '-batch', '-'] as const;
  const stdin = 'addr show\nroute show\n';
  const { stdout } = await (netnsFd === undefined
    ? exec(show, { stdin })
    : exec(['nsenter', '--net=/proc/self/fd/3', ...show], { stdin, fds: [netnsFd] }));
  const [links = '', routes = ''] = stdout.split('\n');
  return { links: parseLinks(links), routes: parseRoutes(routes) };
}
