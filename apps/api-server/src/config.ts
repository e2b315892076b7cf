import { commonSettings, parseSettings, tlsSettings } from '@own-kube/process';
import { z } from 'zod';
import type { ClaimRanges } from './claims/claim-range';
import { ipv4Range } from './claims/ipv4-range';
import { portRange } from './claims/port-range';

const atLeast1 = (byDefault: number) => z.number().int().min(1).default(byDefault);

const schema = z.object({
  ...commonSettings,
  ...tlsSettings,
  listen: z
    .string()
    .default('127.0.0.1:6443')
    .describe(
      'host:port of the gRPC API. Callers show a certificate of the cluster or a token of a ServiceAccount.',
    ),
  etcd: z
    .string()
    .default('http://127.0.0.1:2379')
    .describe('Where etcd is: one or more endpoints, by comma, as https://etcd:2379.'),
  etcdCa: z
    .string()
    .optional()
    .describe("File with the CA certificate of etcd's TLS (PEM). With https only."),
  etcdCert: z.string().optional().describe('File with the certificate that is shown to etcd (PEM).'),
  etcdKey: z.string().optional().describe("File with that certificate's private key (PEM)."),
  serviceAccountKey: z
    .array(z.string())
    .default([])
    .describe(
      'Files with private keys (PEM, ECDSA P-256) for the tokens of ServiceAccounts, by comma: the first signs, all ' +
        'verify. Without one there are no tokens, and only callers with a certificate of the cluster get in.',
    ),
  serviceCidr: z
    .string()
    .refine((text) => ipv4Range(text, '') !== undefined, 'must be a range as 10.96.0.0/16')
    .default('10.96.0.0/16')
    .describe('The range of the addresses of Services (clusterIP). It must not overlap with that of pods.'),
  nodePortRange: z
    .string()
    .refine((text) => portRange(text, '') !== undefined, 'must be a range as 30000-32767')
    .default('30000-32767')
    .describe('The ports that Services of type NodePort and LoadBalancer get on every node.'),
  maxInFlight: atLeast1(256).describe(
    'How many calls are served at a time, watches apart. More wait, and identities get their turns.',
  ),
  maxQueued: atLeast1(500).describe('How many calls of one identity wait; more are refused.'),
  maxWatches: atLeast1(2_000).describe('How many watches one identity may have open.'),
  maxRequestBytes: atLeast1(3 << 20).describe('The largest request, in bytes.'),
  maxObjectBytes: atLeast1(1_500_000).describe(
    'The largest object, in bytes. etcd takes 1.5 MiB, with what goes with an object in its transaction.',
  ),
  compactionInterval: z
    .number()
    .int()
    .min(0)
    .default(300)
    .describe(
      'After how many seconds etcd forgets what was overwritten or deleted; 0: somebody else sees to it.',
    ),
  encryptionKey: z
    .array(z.string())
    .default([])
    .describe(
      'Files with keys (32 bytes in base64) by which Secrets are encrypted in etcd, by comma: the first encrypts, all ' +
        'decrypt. To change the key put the new one first; the old one may go when all Secrets were written again.',
    ),
});

/** The settings of the api-server. */
export interface Config extends Omit<z.infer<typeof schema>, 'etcd' | 'etcdCa' | 'etcdCert' | 'etcdKey'> {
  readonly etcd: {
    readonly endpoints: readonly string[];
    /** The files for TLS to etcd; undefined where its endpoints are http. */
    readonly tls: { readonly tlsCa: string; readonly tlsCert: string; readonly tlsKey: string } | undefined;
  };
  /** What is picked for Services. */
  readonly ranges: ClaimRanges;
}

/** Reads the settings from flags and environment; all problems at once. */
export function parseConfig(source: {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}): Config {
  const settings = parseSettings({ app: 'api-server', schema: checked, ...source });
  const { etcd, etcdCa, etcdCert, etcdKey, ...rest } = settings;
  const endpoints = endpointsOf(etcd);
  const tls =
    etcdCa && etcdCert && etcdKey ? { tlsCa: etcdCa, tlsCert: etcdCert, tlsKey: etcdKey } : undefined;
  const ranges = {
    clusterips: ipv4Range(rest.serviceCidr, 'service-cidr')!,
    nodeports: portRange(rest.nodePortRange, 'node-port-range')!,
  };
  return { ...rest, ranges, etcd: { endpoints, tls } };
}

/** The limits of what the api-server does at a time, and keeps. */
export const limitsOf = (config: Config) => ({
  inFlight: config.maxInFlight,
  queued: config.maxQueued,
  watches: config.maxWatches,
  objectBytes: config.maxObjectBytes,
});

const endpointsOf = (etcd: string): string[] =>
  etcd
    .split(',')
    .map((endpoint) => endpoint.trim())
    .filter((endpoint) => endpoint !== '');

/** What depends on more than one setting. */
const checked = schema
  .refine(({ etcd }) => endpointsOf(etcd).every((endpoint) => /^https?:\/\/[^/]+:\d+$/.test(endpoint)), {
    path: ['etcd'],
    message: 'must be endpoints as https://etcd:2379, by comma',
  })
  .refine(
    ({ etcd, etcdCa, etcdCert, etcdKey }) =>
      !etcd.includes('https://') || [etcdCa, etcdCert, etcdKey].every((file) => file !== undefined),
    { path: ['etcd'], message: 'has https endpoints, so --etcd-ca, --etcd-cert and --etcd-key must be set' },
  );
