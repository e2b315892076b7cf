import { required, type Secret, type Violation } from '@own-kube/api';
import { checkDataKey, checkDataSize } from '../data-keys';

const accountAnnotation = 'kubernetes.io/service-account.name';

/** What is wrong with a Secret by itself. */
export const checkSecret = (secret: Secret): Violation[] => [
  ...Object.keys(secret.data).flatMap((key) => checkDataKey(key, 'data')),
  ...checkDataSize(Object.values(secret.data), 'data'),
  ...(checksOfType[secret.type ?? '']?.(secret) ?? []),
];

/** What a Secret of a well-known type must have. */
const checksOfType: Readonly<Record<string, (secret: Secret) => Violation[]>> = {
  'kubernetes.io/service-account-token': ({ metadata }) =>
    metadata?.annotations[accountAnnotation] ? [] : [required(`metadata.annotations[${accountAnnotation}]`)],
  'kubernetes.io/dockercfg': (secret) => checkJson(secret, '.dockercfg'),
  'kubernetes.io/dockerconfigjson': (secret) => checkJson(secret, '.dockerconfigjson'),
  'kubernetes.io/basic-auth': ({ data }) =>
    data['username'] || data['password']
      ? []
      : [{ field: 'data', description: 'must have username, password, or both' }],
  'kubernetes.io/ssh-auth': (secret) => checkKeys(secret, 'ssh-privatekey'),
  'kubernetes.io/tls': (secret) => checkKeys(secret, 'tls.crt', 'tls.key'),
};

const checkKeys = ({ data }: Secret, ...keys: readonly string[]): Violation[] =>
  keys.flatMap((key) => (data[key] ? [] : [required(`data[${key}]`)]));

function checkJson({ data }: Secret, key: string): Violation[] {
  const bytes = data[key];
  if (!bytes) return [required(`data[${key}]`)];
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return [];
  } catch {
    // What the parser says could quote the secret.
    return [{ field: `data[${key}]`, description: 'must be JSON' }];
  }
}
