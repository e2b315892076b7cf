import { dockerEngine } from './docker-engine';

test('the engine answers, and removing what a test has not made is no failure', async () => {
  await using engine = await dockerEngine();
  expect((await engine.docker.version()).ApiVersion).toMatch(/^1\./);
  await engine.removeContainers();
  await engine.removeContainers('io.own-kube.test=never-used');
});
