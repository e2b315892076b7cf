import { type Lease, leaseKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { checkNotNegative } from '../numbers';

/** All that is special about Leases. */
export const leaseStrategy = defineDataStrategy<Lease>(leaseKind, {
  validate: ({ spec }) => [
    ...(spec?.leaseDurationSeconds !== undefined && spec.leaseDurationSeconds <= 0
      ? [{ field: 'spec.leaseDurationSeconds', description: 'must be more than 0' }]
      : []),
    ...checkNotNegative({ leaseTransitions: spec?.leaseTransitions }, 'spec'),
    ...(spec?.holderIdentity === ''
      ? [
          {
            field: 'spec.holderIdentity',
            description: 'must not be empty; leave it out where nobody holds it',
          },
        ]
      : []),
  ],
});
