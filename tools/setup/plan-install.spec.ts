import { planInstall, type Machine } from './plan-install.ts';

const etcd = { name: 'etcd', package: 'etcd-server' };
const docker = { name: 'docker', package: 'docker.io' };
const dockerd = { name: 'dockerd', package: 'docker.io' };
const debian: Machine = { root: true, apt: true, terminal: false };

test('nothing is missing, nothing is done', () => {
  expect(planInstall([], debian)).toEqual({ action: 'nothing' });
});

test('root on Debian installs each package once', () => {
  expect(planInstall([etcd, dockerd, docker], debian)).toEqual({
    action: 'install',
    packages: ['docker.io', 'etcd-server'],
    ask: false,
  });
});

test('a person at a terminal is asked first', () => {
  expect(planInstall([etcd], { ...debian, terminal: true })).toMatchObject({ action: 'install', ask: true });
});

test.each([
  [
    'without root, the command to run is shown',
    { ...debian, root: false },
    'apt-get install docker.io etcd-server',
  ],
  ['without apt, the packages are listed', { ...debian, apt: false }, 'docker.io\n  etcd-server'],
])('%s', (_name, machine, text) => {
  const plan = planInstall([etcd, docker], machine);
  expect(plan).toMatchObject({ action: 'stop' });
  expect((plan as { message: string }).message).toContain('Not installed on this machine: docker, etcd.');
  expect((plan as { message: string }).message).toContain(text);
});
