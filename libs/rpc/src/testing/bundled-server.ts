/** A whole server in one file, for the test that bundles it: mTLS with certificates of its own, health, reflection. */
import { NamespacesDefinition } from '@own-kube/api';
import { fileDescriptorSet } from '@own-kube/api/grpc';
import { serve, service } from '../index';
import { aTestCa } from './certificates';
import { namespaceHandlers } from './namespaces';

async function main(): Promise<void> {
  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());
  const ca = await aTestCa();
  const { address, closed } = await serve({
    listen: '127.0.0.1:0',
    tls: await ca.server(),
    services: [service(NamespacesDefinition, namespaceHandlers())],
    reflection: fileDescriptorSet(),
    log: { info: () => {}, warn: () => {}, error: (message) => process.stderr.write(`${message}\n`) },
    signal: stopping.signal,
  });
  const { ca: caPem, cert, key } = await ca.client('admin', 'system:masters');
  const tls = { ca: caPem.toString(), cert: cert.toString(), key: key.toString() };
  process.stdout.write(`${JSON.stringify({ address, tls })}\n`);
  await closed;
}

void main();
