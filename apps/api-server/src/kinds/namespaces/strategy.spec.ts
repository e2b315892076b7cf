import { Namespace } from '@own-kube/api';
import { namespaceStrategy } from './strategy';

const aNamespace = (name: string, phase?: string) =>
  Namespace.fromPartial({ metadata: { name }, status: { phase } });

test('a namespace is active when it is new, and can be selected by its name', () => {
  const created = namespaceStrategy.prepareForCreate(
    namespaceStrategy.withDefaults(aNamespace('team', 'Odd')),
  );
  expect(created).toMatchObject({
    metadata: { labels: { 'kubernetes.io/metadata.name': 'team' }, generation: 1 },
    status: { phase: 'Active' },
  });
  expect(namespaceStrategy.prepareForDelete(created).status?.phase).toBe('Terminating');
});

test('the phase is what it is', () => {
  const ending = Namespace.fromPartial({
    metadata: { deletionTimestamp: { seconds: 1 } },
    status: { phase: 'Active' },
  });
  expect(namespaceStrategy.validateStatusUpdate(ending, ending)).toMatchObject([{ field: 'status.phase' }]);
  const active = aNamespace('a', 'Active');
  expect(namespaceStrategy.validateStatusUpdate(active, active)).toEqual([]);
});

test('some stay for ever, the others must be empty to go', () => {
  expect(namespaceStrategy.undeletable(aNamespace('default'))).toMatch(/needs/);
  expect(namespaceStrategy.undeletable(aNamespace('team'))).toBeUndefined();
  expect(namespaceStrategy.mustBeEmpty(aNamespace('team'))).toContain('/own-kube/registry/pods/team/');
});
