import { type EndpointSlice, endpointSliceKind } from '@own-kube/api';
import { countedGenerations, defineDataStrategy } from '../../registry/data-strategy';
import { checkFixed } from '../fixed';
import { checkEndpointSlice } from './validate';

/** All that is special about EndpointSlices. */
export const endpointSliceStrategy = defineDataStrategy<EndpointSlice>(endpointSliceKind, {
  ...countedGenerations<EndpointSlice>(),
  withDefaults: (slice) => ({
    ...slice,
    ports: slice.ports.map((port) => ({
      ...port,
      name: port.name ?? '',
      protocol: port.protocol || 'TCP',
    })),
  }),
  validate: checkEndpointSlice,
  validateUpdate: (next, current) => checkFixed('addressType', next.addressType, current.addressType),
});
