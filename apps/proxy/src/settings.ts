/** What the proxy is told at its start. */
import { commonSettings, tlsSettings } from '@own-kube/process';
import { z } from 'zod';
import { parseCidr, parseIp } from './ipv4';

const isName = (text: string) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text);
const isDevice = (text: string) => /^[\w.-]{1,15}$/.test(text);
const isPath = (text: string) => text.startsWith('/');

/** The settings of the proxy. */
export const proxySettings = z.object({
  ...commonSettings,
  ...tlsSettings,
  nodeName: z
    .string()
    .refine(isName, 'must be a DNS name in lower case')
    .describe("The name of this node's Node."),
  nodeIp: z
    .string()
    .refine((text) => parseIp(text) !== undefined, 'must be an IPv4 address')
    .optional()
    .describe('The address by which other nodes reach this one. Default: the first of the uplink.'),
  apiServer: z.string().describe('host:port of the api-server.'),
  socket: z
    .string()
    .refine(isPath, 'must be an absolute path')
    .default('/run/own-kube/proxy.sock')
    .describe('The unix socket on which PodNetwork is served. Its folder is made.'),
  stateDir: z
    .string()
    .refine(isPath, 'must be an absolute path')
    .default('/var/lib/own-kube')
    .describe('The folder in which leases are kept. It must survive a restart.'),
  clusterCidr: z
    .string()
    .refine((text) => parseCidr(text) !== undefined, 'must be a range as 10.244.0.0/16')
    .default('10.244.0.0/16')
    .describe('The range of all pods of the cluster: the same for all nodes.'),
  nodeMask: z.int().min(8).max(29).default(24).describe("The length of the prefix of one node's range."),
  uplink: z
    .string()
    .refine(isDevice, 'must be the name of a network device')
    .default('eth0')
    .describe('The device that leads to the other nodes. The MTU of pods is its MTU less 50.'),
});

/** Them, as values. */
export type ProxySettings = z.infer<typeof proxySettings>;
