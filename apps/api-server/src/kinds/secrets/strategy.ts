import { type Secret, secretKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { checkFixed } from '../fixed';
import { checkImmutable } from '../immutable';
import { checkSecret } from './validate';

/** All that is special about Secrets. */
export const secretStrategy = defineDataStrategy<Secret>(secretKind, {
  encrypted: true,
  withDefaults: (secret) => mergeTexts({ ...secret, type: secret.type || 'Opaque' }),
  validate: checkSecret,
  validateUpdate: (next, current) => [
    ...checkFixed('type', next.type, current.type),
    ...checkImmutable(next, current, ['data']),
  ],
  selectableFields: ({ type }) => ({ type: type ?? '' }),
});

/** What was written as text is kept as bytes; it wins over bytes of the same key. */
function mergeTexts(secret: Secret): Secret {
  const texts = Object.entries(secret.stringData).map(([key, text]) => [key, Buffer.from(text)] as const);
  return { ...secret, data: { ...secret.data, ...Object.fromEntries<Buffer>(texts) }, stringData: {} };
}
