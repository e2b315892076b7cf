/** Builders for tests. */
import type { Link, Route } from './observe';

/** A device that is up and has nothing special. */
export const aLink = (link: Partial<Link> = {}): Link => ({
  index: 2,
  name: 'eth0',
  kind: undefined,
  mac: '02:00:00:00:00:01',
  mtu: 1450,
  up: true,
  master: undefined,
  isolated: false,
  peerIndex: undefined,
  vxlan: undefined,
  addresses: [],
  ...link,
});

/** A route to somewhere. */
export const aRoute = (route: Partial<Route> = {}): Route => ({
  dst: '10.244.2.0/24',
  type: 'unicast',
  dev: undefined,
  via: undefined,
  src: undefined,
  ...route,
});
