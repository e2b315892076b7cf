import type { Violation } from '../../errors';
import type {
  DownwardAPIVolumeFile,
  KeyToPath,
  ProjectedVolumeSource,
  Volume,
} from '../../generated/index.ownkube.core.v1';
import { parseQuantity } from '../../quantity';
import { checkDns1123Label } from '../names';
import { checkOneOf, checkUnique, required } from '../rules';
import { checkRelativePath } from './paths';

const pathTypes = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

/** What is wrong with the volumes of a pod. */
export const checkVolumes = (volumes: readonly Volume[], field: string): Violation[] => [
  ...volumes.flatMap((volume, index) => checkVolume(volume, `${field}[${index}]`)),
  ...checkUnique(volumes, ({ name }) => name, { field, key: 'name' }),
];

function checkVolume({ name, volumeSource = {} }: Volume, field: string): Violation[] {
  const set = Object.values(volumeSource).filter((source) => source !== undefined);
  const { hostPath, secret, configMap, emptyDir, downwardAPI, projected } = volumeSource;
  return [
    ...(name ? checkDns1123Label(name, `${field}.name`) : [required(`${field}.name`)]),
    ...(set.length > 1 ? [{ field, description: 'must have exactly one source' }] : []),
    ...(secret && !secret.secretName ? [required(`${field}.secret.secretName`)] : []),
    ...(configMap && !configMap.localObjectReference?.name ? [required(`${field}.configMap.name`)] : []),
    ...(hostPath ? checkHostPath(hostPath.path, `${field}.hostPath.path`) : []),
    ...checkOneOf(hostPath?.type, pathTypes, `${field}.hostPath.type`),
    ...checkOneOf(emptyDir?.medium, ['Memory'], `${field}.emptyDir.medium`),
    ...checkSize(emptyDir?.sizeLimit?.string, `${field}.emptyDir.sizeLimit`),
    ...(secret ? checkItems(secret, `${field}.secret`) : []),
    ...(configMap ? checkItems(configMap, `${field}.configMap`) : []),
    ...(downwardAPI ? checkDownward(downwardAPI, `${field}.downwardAPI`) : []),
    ...(projected ? checkProjected(projected, `${field}.projected`) : []),
  ];
}

function checkHostPath(path: string | undefined, field: string): Violation[] {
  if (!path) return [required(field)];
  return path.split('/').includes('..') ? [{ field, description: `"${path}" must not contain ".."` }] : [];
}

function checkSize(size: string | undefined, field: string): Violation[] {
  if (size === undefined) return [];
  const amount = parseQuantity(size);
  return amount && amount.nanos >= 0n
    ? []
    : [{ field, description: `"${size}" must be a quantity, as "64Mi", and not negative` }];
}

/** Permissions of a file: the three octal digits that chmod takes. */
const checkMode = (mode: number | undefined, field: string): Violation[] =>
  mode === undefined || (mode >= 0 && mode <= 0o777)
    ? []
    : [{ field, description: 'must be from 0 to 0777 octal (511 decimal)' }];

interface Files<T> {
  items: readonly T[];
  defaultMode?: number | undefined;
}

/** The keys of a Secret or ConfigMap that become files. */
const checkItems = ({ items, defaultMode }: Files<KeyToPath>, field: string): Violation[] => [
  ...checkMode(defaultMode, `${field}.defaultMode`),
  ...items.flatMap(({ key, path, mode }, index) => {
    const at = `${field}.items[${index}]`;
    return [
      ...(key ? [] : [required(`${at}.key`)]),
      ...(path ? checkRelativePath(path, `${at}.path`) : [required(`${at}.path`)]),
      ...checkMode(mode, `${at}.mode`),
    ];
  }),
];

/** The fields of the pod that become files. */
const checkDownward = ({ items, defaultMode }: Files<DownwardAPIVolumeFile>, field: string): Violation[] => [
  ...checkMode(defaultMode, `${field}.defaultMode`),
  ...items.flatMap(({ path, fieldRef, resourceFieldRef, mode }, index) => {
    const at = `${field}.items[${index}]`;
    return [
      ...(path ? checkRelativePath(path, `${at}.path`) : [required(`${at}.path`)]),
      ...((fieldRef === undefined) === (resourceFieldRef === undefined)
        ? [{ field: at, description: 'must have exactly one of fieldRef and resourceFieldRef' }]
        : []),
      ...checkMode(mode, `${at}.mode`),
    ];
  }),
];

const shortestToken = 600;

const checkProjected = ({ sources, defaultMode }: ProjectedVolumeSource, field: string): Violation[] => [
  ...checkMode(defaultMode, `${field}.defaultMode`),
  ...sources.flatMap((source, index) => {
    const at = `${field}.sources[${index}]`;
    const { secret, configMap, downwardAPI, serviceAccountToken: token } = source;
    return [
      ...(Object.values(source).filter((one) => one !== undefined).length === 1
        ? []
        : [{ field: at, description: 'must have exactly one source' }]),
      ...(['secret', 'configMap'] as const).flatMap((name) =>
        source[name] && !source[name].localObjectReference?.name ? [required(`${at}.${name}.name`)] : [],
      ),
      ...(secret ? checkItems(secret, `${at}.secret`) : []),
      ...(configMap ? checkItems(configMap, `${at}.configMap`) : []),
      ...(downwardAPI ? checkDownward(downwardAPI, `${at}.downwardAPI`) : []),
      ...(token && !token.path ? [required(`${at}.serviceAccountToken.path`)] : []),
      ...((token?.expirationSeconds ?? shortestToken) < shortestToken
        ? [
            {
              field: `${at}.serviceAccountToken.expirationSeconds`,
              description: `must be at least ${shortestToken} seconds`,
            },
          ]
        : []),
    ];
  }),
];
