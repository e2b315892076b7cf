import { type ConfigMap, configMapKind, type Violation } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { checkDataKey, checkDataSize } from '../data-keys';
import { checkImmutable } from '../immutable';

/** All that is special about ConfigMaps. */
export const configMapStrategy = defineDataStrategy<ConfigMap>(configMapKind, {
  validate: checkConfigMap,
  validateUpdate: (next, current) => checkImmutable(next, current, ['data', 'binaryData']),
});

function checkConfigMap({ data, binaryData }: ConfigMap): Violation[] {
  return [
    ...Object.keys(data).flatMap((key) => checkDataKey(key, 'data')),
    ...Object.keys(binaryData).flatMap((key) => [
      ...checkDataKey(key, 'binaryData'),
      ...(Object.hasOwn(data, key)
        ? [{ field: `binaryData[${key}]`, description: `"${key}" is also a key of data` }]
        : []),
    ]),
    ...checkDataSize([...Object.values(data), ...Object.values(binaryData)], 'data'),
  ];
}
