import { commonSettings, tlsSettings } from '@own-kube/process';
import { parseQuantity } from '@own-kube/api';
import { z } from 'zod';

const quantity = z
  .string()
  .refine((text) => parseQuantity(text) !== undefined, 'is no quantity, as 1500m or 2Gi');

/** The settings of the agent. Each is a flag (--node-name) and an environment variable (OWN_KUBE_NODE_NAME). */
export const settingsSchema = z.object({
  ...commonSettings,
  ...tlsSettings,
  nodeName: z.string().min(1).describe('The name of this node.'),
  nodeIp: z
    .ipv4()
    .optional()
    .describe(
      "The node's address, by which other nodes reach it. Default: that of the device of the default route.",
    ),
  apiServer: z.string().describe('host:port of the api-server.'),
  dockerSocket: z.string().default('/var/run/docker.sock').describe('The socket of the Docker engine.'),
  proxySocket: z
    .string()
    .default('/run/own-kube/proxy.sock')
    .describe("The socket on which this node's proxy serves the pod network."),
  sandboxImage: z
    .string()
    .default('own-kube/pause:latest')
    .describe("The image of the container that holds a pod's namespaces."),
  cluster: z
    .string()
    .default('own-kube')
    .describe('The name of the cluster: containers with this name and the node in their labels are ours.'),
  hostNetwork: z
    .string()
    .default('host')
    .describe(
      'The Docker network of hostNetwork pods: host, or container:<the node container> where the node is one.',
    ),
  cpus: quantity.optional().describe("CPUs that the node has for pods. Default: the machine's."),
  memory: quantity.optional().describe("Memory that the node has for pods. Default: the machine's."),
});

export type Settings = z.infer<typeof settingsSchema>;
