import { z } from 'zod';
import { commonSettings } from './common-settings';
import { parseSettings } from './settings';
import { HelpRequested, SettingsError } from './settings-error';

const schema = z.object({
  ...commonSettings,
  nodeName: z.string().min(1).describe('The name of this node.'),
  clusterCIDR: z.string().default('10.244.0.0/16').describe('The range of all pods.'),
  maxPods: z.number().int().min(1).max(1000).default(110).describe('How many pods the node takes.'),
  etcd: z.array(z.url()).default(['http://127.0.0.1:2379']).describe('Where etcd answers.'),
  dryRun: z.boolean().default(false).describe('Changes nothing.'),
  reserved: z.coerce.number().optional(),
});

const parse = (argv: string[], env: Record<string, string> = {}) =>
  parseSettings({ app: 'agent', schema, argv, env });

const problemsOf = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n').slice(0, -1);
    throw error;
  }
  throw new Error('expected a SettingsError');
};

describe('parseSettings', () => {
  test('fills in the defaults', () => {
    expect(parse(['--node-name', 'node-1'])).toEqual({
      logLevel: 'info',
      healthListen: '127.0.0.1:0',
      nodeName: 'node-1',
      clusterCIDR: '10.244.0.0/16',
      maxPods: 110,
      etcd: ['http://127.0.0.1:2379'],
      dryRun: false,
    });
  });

  test('reads flags in both forms, switches and lists', () => {
    expect(
      parse([
        '--node-name=a=b',
        '--max-pods',
        '5',
        '--dry-run',
        '--etcd=http://a:1,http://b:2',
        '--reserved=7',
      ]),
    ).toMatchObject({
      nodeName: 'a=b',
      maxPods: 5,
      dryRun: true,
      etcd: ['http://a:1', 'http://b:2'],
      reserved: 7,
    });
    expect(parse(['--node-name=a', '--dry-run=false']).dryRun).toBe(false);
  });

  test('reads the environment; a flag wins, an empty variable is not set', () => {
    const env = {
      OWN_KUBE_NODE_NAME: 'from-env',
      OWN_KUBE_MAX_PODS: '7',
      OWN_KUBE_CLUSTER_CIDR: '',
      PATH: '/bin',
    };
    expect(parse(['--max-pods=8'], env)).toMatchObject({
      nodeName: 'from-env',
      maxPods: 8,
      clusterCIDR: '10.244.0.0/16',
    });
  });

  test('names all problems at once', () => {
    const argv = ['--max-pods=many', '--log-level=loud', '--node-nam=x', '--frobnicate', 'stray', '--etcd'];
    const problems = problemsOf(() => parse(argv, { OWN_KUBE_DRY_RUN: 'perhaps' }));
    expect(problems).toEqual([
      'Unknown flag --node-nam. Did you mean --node-name?',
      'Unknown flag --frobnicate.',
      'Unexpected argument "stray": settings begin with --.',
      '--etcd needs a value, as --etcd=VALUE.',
      expect.stringMatching(/^--log-level \(OWN_KUBE_LOG_LEVEL\): Invalid option.*, got "loud"\.$/),
      '--node-name (OWN_KUBE_NODE_NAME) is required.',
      expect.stringMatching(/^--max-pods \(OWN_KUBE_MAX_PODS\): .*expected number.*, got "many"\.$/),
      expect.stringMatching(/^--dry-run \(OWN_KUBE_DRY_RUN\): .*expected boolean.*, got "perhaps"\.$/),
    ]);
  });

  test('a variable that is nearly one of ours is a mistake, any other belongs to someone else', () => {
    expect(
      problemsOf(() => parse(['--node-name=a'], { OWN_KUBE_LOG_LEVL: 'debug', OWN_KUBE_CONFIG: 'x' })),
    ).toEqual(['Unknown variable OWN_KUBE_LOG_LEVL. Did you mean OWN_KUBE_LOG_LEVEL?']);
  });

  test('--help explains each setting', () => {
    let text = '';
    try {
      parse(['--help']);
    } catch (error) {
      expect(error).toBeInstanceOf(HelpRequested);
      text = (error as Error).message;
    }
    expect(text).toContain('Usage: agent [settings]');
    expect(text).toContain(
      '  --node-name <value>   OWN_KUBE_NODE_NAME\n      The name of this node. Required.',
    );
    expect(text).toContain(
      '  --max-pods <value>   OWN_KUBE_MAX_PODS\n      How many pods the node takes. Default: 110.',
    );
    expect(text).toContain('  --dry-run   OWN_KUBE_DRY_RUN\n      Changes nothing. Default: false.');
    expect(text).toContain('OWN_KUBE_CLUSTER_CIDR');
    expect(text).toContain('Default: http://127.0.0.1:2379.');
  });
});
