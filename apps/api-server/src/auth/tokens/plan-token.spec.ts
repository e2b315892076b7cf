import { Pod, ServiceAccount, TokenRequest } from '@own-kube/api';
import { checkTokenRequest, planToken } from './plan-token';

const account = ServiceAccount.fromPartial({ metadata: { name: 'robot', namespace: 'a', uid: 'u' } });
const pod = Pod.fromPartial({ metadata: { name: 'web', uid: 'p' }, spec: { serviceAccountName: 'robot' } });
const request = (spec: Parameters<typeof TokenRequest.fromPartial>[0]['spec'] = {}) =>
  TokenRequest.fromPartial({ spec });

test.each([
  [{}, []],
  [{ expirationSeconds: 600 }, []],
  [{ expirationSeconds: 599 }, ['spec.expirationSeconds']],
  [{ expirationSeconds: 2 ** 32 + 1 }, ['spec.expirationSeconds']],
  [{ boundObjectRef: { kind: 'Pod', name: 'web' } }, []],
  [{ boundObjectRef: { kind: 'Secret' } }, ['spec.boundObjectRef.kind', 'spec.boundObjectRef.name']],
])('what is wrong with %j', (spec, fields) => {
  expect(checkTokenRequest(request(spec)).map(({ field }) => field)).toEqual(fields);
});

test('an hour for the api-server, where nothing is said', () => {
  expect(planToken(request(), account, undefined)).toEqual({
    owner: { namespace: 'a', serviceaccount: { name: 'robot', uid: 'u' } },
    audiences: [],
    seconds: 3600,
  });
});

test('bound to a pod', () => {
  expect(planToken(request(), account, pod).owner.pod).toEqual({ name: 'web', uid: 'p' });
});

test.each([
  ['another uid', request({ boundObjectRef: { uID: 'q' } }), pod, /its uid is p, not q/],
  [
    'another ServiceAccount',
    request(),
    Pod.fromPartial({ metadata: { name: 'web' } }),
    /runs as ServiceAccount "default"/,
  ],
])('not for a pod with %s', (_name, wanted, bound, why) => {
  expect(() => planToken(wanted, account, bound)).toThrow(why);
});
