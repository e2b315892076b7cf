import { systemClock } from '@own-kube/process';
import { createDockerEngine } from './docker-engine';
import { itIsAnEngine } from './engine-contract';

itIsAnEngine({
  engine: createDockerEngine({ socketPath: '/var/run/docker.sock', clock: systemClock }),
  image: 'node:24-trixie-slim',
});

test('an engine that is away is said so, in a sentence with its socket', async () => {
  const away = createDockerEngine({ socketPath: '/nonexistent/docker.sock', clock: systemClock });
  await expect(away.list({}, new AbortController().signal)).rejects.toMatchObject({
    code: 'Unavailable',
    message: expect.stringContaining('Docker does not answer at /nonexistent/docker.sock'),
  });
});
