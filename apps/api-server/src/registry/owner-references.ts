import type { ObjectMeta, OwnerReference, Violation } from '@own-kube/api';

const required = ['apiVersion', 'kind', 'name', 'uid'] as const;

/** Every owner is named in full, each once, and at most one of them is the controller. */
export function checkOwners({ ownerReferences }: ObjectMeta): Violation[] {
  const at = (index: number) => `metadata.ownerReferences[${index}]`;
  const isSecond = (index: number, same: (a: OwnerReference, b: OwnerReference) => boolean) =>
    ownerReferences.findIndex((other) => same(other, ownerReferences[index]!)) < index;
  return ownerReferences.flatMap((owner, index) => [
    ...required
      .filter((name) => !owner[name])
      .map((name) => ({ field: `${at(index)}.${name}`, description: 'is required' })),
    ...(owner.uid && isSecond(index, (a, b) => a.uid === b.uid)
      ? [{ field: `${at(index)}.uid`, description: `${owner.uid} is named already` }]
      : []),
    ...(owner.controller && isSecond(index, (a) => a.controller === true)
      ? [
          {
            field: `${at(index)}.controller`,
            description: 'must not be true: another owner is the controller',
          },
        ]
      : []),
    ...(owner.kind === 'Event'
      ? [{ field: `${at(index)}.kind`, description: 'an Event cannot own anything' }]
      : []),
  ]);
}
