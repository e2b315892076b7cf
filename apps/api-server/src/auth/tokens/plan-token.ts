import {
  ApiError,
  invalid,
  type Pod,
  type ServiceAccount,
  type TokenRequest,
  type Violation,
} from '@own-kube/api';
import { metadataOf } from '../../registry/spec-status';
import type { TokenWish } from './token-authority';

const defaultSeconds = 3_600;
/** As upstream: 10 minutes to 2^32 seconds. */
const [leastSeconds, mostSeconds] = [600, 2 ** 32];

/** What is wrong with a request for a token by itself. */
export function checkTokenRequest({ spec }: TokenRequest): Violation[] {
  const seconds = spec?.expirationSeconds ?? defaultSeconds;
  const bound = spec?.boundObjectRef;
  return [
    ...(seconds < leastSeconds || seconds > mostSeconds
      ? [
          {
            field: 'spec.expirationSeconds',
            description: `must be ${leastSeconds} to ${mostSeconds}, got ${seconds}`,
          },
        ]
      : []),
    ...(bound && bound.kind !== 'Pod'
      ? [{ field: 'spec.boundObjectRef.kind', description: `must be Pod, got "${bound.kind ?? ''}"` }]
      : []),
    ...(bound && !bound.name ? [{ field: 'spec.boundObjectRef.name', description: 'is required' }] : []),
  ];
}

/** The token to issue, for a ServiceAccount and a pod that are there. */
export function planToken(request: TokenRequest, account: ServiceAccount, pod: Pod | undefined): TokenWish {
  const { name = '', namespace = '', uid = '' } = metadataOf(account);
  if (pod) checkPod(request, name, pod);
  return {
    owner: {
      namespace,
      serviceaccount: { name, uid },
      ...(pod ? { pod: { name: metadataOf(pod).name ?? '', uid: metadataOf(pod).uid ?? '' } } : {}),
    },
    audiences: request.spec?.audiences ?? [],
    seconds: request.spec?.expirationSeconds ?? defaultSeconds,
  };
}

function checkPod({ spec }: TokenRequest, account: string, pod: Pod): void {
  const { name, uid } = metadataOf(pod);
  const expected = spec?.boundObjectRef?.uID;
  if (expected && expected !== uid)
    throw new ApiError(
      'Conflict',
      `Pod "${name}" is not the one that you mean: its uid is ${uid}, not ${expected}. It was deleted and made anew.`,
    );
  const runsAs = pod.spec?.serviceAccountName || 'default';
  if (runsAs !== account)
    throw invalid('The token request', [
      {
        field: 'spec.boundObjectRef.name',
        description: `pod "${name}" runs as ServiceAccount "${runsAs}", not "${account}"`,
      },
    ]);
}
