import { checkOneOf, type Event, eventKind, type Violation } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { checkNotNegative } from '../numbers';

/** Where events about what is in no namespace are. */
const clusterNamespace = 'default';

/** All that is special about Events. */
export const eventStrategy = defineDataStrategy<Event>(eventKind, {
  ttlSeconds: 3600,
  validate: checkEvent,
  selectableFields: ({ involvedObject: about, ...event }) => ({
    'involvedObject.kind': about?.kind ?? '',
    'involvedObject.namespace': about?.namespace ?? '',
    'involvedObject.name': about?.name ?? '',
    'involvedObject.uid': about?.uid ?? '',
    'involvedObject.apiVersion': about?.apiVersion ?? '',
    'involvedObject.resourceVersion': about?.resourceVersion ?? '',
    'involvedObject.fieldPath': about?.fieldPath ?? '',
    reason: event.reason ?? '',
    reportingComponent: event.reportingComponent ?? '',
    source: event.source?.component || (event.reportingComponent ?? ''),
    type: event.type ?? '',
  }),
});

function checkEvent({ metadata, involvedObject, type, count, series }: Event): Violation[] {
  const about = involvedObject?.namespace || clusterNamespace;
  return [
    ...(metadata?.namespace === about
      ? []
      : [
          {
            field: 'involvedObject.namespace',
            description: `must be the event's own namespace, "${metadata?.namespace ?? ''}" (events about what is in no namespace are in "${clusterNamespace}")`,
          },
        ]),
    ...checkOneOf(type, ['Normal', 'Warning'], 'type'),
    ...checkNotNegative({ count, 'series.count': series?.count }, '').map(({ field, description }) => ({
      field: field.slice(1),
      description,
    })),
  ];
}
