/** The network between nodes, of network namespaces: a switch that is also the outside world. */
import { networkNamespace, type NetworkNamespace } from '@own-kube/testing';

/** The switch, and what hangs on it. */
export interface Underlay extends AsyncDisposable {
  /** The namespace of the switch: a host of the outside world, at 172.18.0.1. */
  readonly outside: NetworkNamespace;
  /** Adds a machine with eth0 and a default route through the outside. */
  addMachine(ip: string): Promise<NetworkNamespace>;
}

/** The address of the outside world. */
export const outsideIp = '172.18.0.1';

/** Makes a switch without machines. */
export async function createUnderlay(): Promise<Underlay> {
  const outside = await networkNamespace();
  const machines: NetworkNamespace[] = [];
  await ip(outside, ['link add sw type bridge', `addr add ${outsideIp}/24 dev sw`, 'link set sw up']);

  async function addMachine(address: string): Promise<NetworkNamespace> {
    const machine = await networkNamespace();
    const port = `port${machines.push(machine)}`;
    await ip(outside, [`link add ${port} master sw up type veth peer name eth0 netns ${machine.pid}`]);
    await ip(machine, [
      `addr add ${address}/24 dev eth0`,
      'link set eth0 up',
      `route add default via ${outsideIp}`,
    ]);
    return machine;
  }

  return {
    outside,
    addMachine,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([outside, ...machines].map((namespace) => namespace.remove()));
    },
  };
}

/** Runs lines of `ip` in a namespace. */
export const ip = (namespace: NetworkNamespace, lines: readonly string[]): Promise<string> =>
  namespace.run(['ip', '-batch', '-'], { input: lines.map((line) => `${line}\n`).join('') });
