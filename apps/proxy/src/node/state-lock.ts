/** One proxy at a time for each folder of state. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Takes a folder for this process: an abstract unix socket of its name, which the kernel lets go with the process,
 * however that ends. Fails where another process of this network namespace has it.
 */
export async function lockStateDir(dir: string): Promise<{ release(): void }> {
  const server = createServer().listen(`\0own-kube-proxy:${dir}`);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new Error(`Another proxy works with ${dir}: stop it first, or give this one another --state-dir.`, {
      cause,
    });
  }
  server.unref();
  return { release: () => server.close() };
}
