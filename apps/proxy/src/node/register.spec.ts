import { ApiError, Node } from '@own-kube/api';
import { createFakeApi } from '@own-kube/client/testing';
import { parseCidr, type Cidr } from '../ipv4';
import { registerNode } from './register';

const facts = {
  nodeName: 'node-1',
  cluster: parseCidr('10.244.0.0/16') as Cidr,
  bits: 24,
  vtepMac: '02:00:00:00:00:01',
  had: undefined,
};
const never = new AbortController().signal;

const setup = async () => {
  const { nodes } = createFakeApi().client;
  await nodes.create(Node.fromPartial({ metadata: { name: 'node-1' } }));
  return nodes;
};

test('claims a range and tells the hardware address', async () => {
  const nodes = await setup();
  expect(await registerNode({ nodes, ...facts }, never)).toBe('10.244.0.0/24');
  expect(await nodes.get({ name: 'node-1' })).toMatchObject({
    metadata: { annotations: { 'own-kube.io/vtep-mac': '02:00:00:00:00:01' } },
    spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'] },
  });
  expect(await registerNode({ nodes, ...facts }, never)).toBe('10.244.0.0/24');
});

test('looks again when somebody wrote the Node, and takes the next range when somebody was faster', async () => {
  const nodes = await setup();
  const answers = [
    new ApiError('Conflict', 'somebody wrote it'),
    new ApiError('AlreadyExists', '10.244.0.0/24 is taken'),
  ];
  const busy = {
    ...nodes,
    update: async (node: Node) => {
      const answer = answers.shift();
      if (answer) throw answer;
      return nodes.update(node);
    },
  };
  expect(await registerNode({ nodes: busy, ...facts }, never)).toBe('10.244.1.0/24');
});

test('any other refusal is the failure', async () => {
  const nodes = await setup();
  const closed = {
    ...nodes,
    update: async () => Promise.reject(new ApiError('PermissionDenied', 'not yours')),
  };
  await expect(registerNode({ nodes: closed, ...facts }, never)).rejects.toThrow('not yours');
});
