import { type Service, serviceKind, type Violation } from '@own-kube/api';
import { defineStrategy, keepStatus } from '../../registry/spec-status';
import { carryOver } from './carry-over';
import { openServiceClaims, serviceClaims } from './claims';
import { withServiceDefaults } from './defaults';
import { mayHaveClusterIP } from './service-type';
import { checkService } from './validate';

/** All that is special about Services. */
export const serviceStrategy = defineStrategy<Service>(serviceKind, {
  withDefaults: withServiceDefaults,
  prepareForUpdate: (next, current) => keepStatus(carryOver(next, current), current),
  validate: checkService,
  validateUpdate: checkClusterIPStays,
  selectableFields: ({ spec }) => ({
    'spec.clusterIP': spec?.clusterIP ?? '',
    'spec.type': spec?.type ?? '',
  }),
  claims: serviceClaims,
  openClaims: openServiceClaims,
});

/** An address is what others know a Service by, so it stays as long as the type has one. */
function checkClusterIPStays({ spec }: Service, { spec: before }: Service): Violation[] {
  if (!spec || !before?.clusterIP || !mayHaveClusterIP(spec) || !mayHaveClusterIP(before)) return [];
  return spec.clusterIP === before.clusterIP
    ? []
    : [
        {
          field: 'spec.clusterIP',
          description: `Forbidden: may not be changed once it is set, to "${before.clusterIP}"`,
        },
      ];
}
