import {
  checkDns1123Label,
  checkOneOf,
  checkUnique,
  required,
  type Violation,
  type Volume,
} from '@own-kube/api';

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
  const { hostPath, secret, configMap, emptyDir } = volumeSource;
  return [
    ...(name ? checkDns1123Label(name, `${field}.name`) : [required(`${field}.name`)]),
    ...(set.length > 1 ? [{ field, description: 'must have exactly one source' }] : []),
    ...(secret && !secret.secretName ? [required(`${field}.secret.secretName`)] : []),
    ...(configMap && !configMap.localObjectReference?.name ? [required(`${field}.configMap.name`)] : []),
    ...(hostPath ? checkHostPath(hostPath.path, `${field}.hostPath.path`) : []),
    ...checkOneOf(hostPath?.type, pathTypes, `${field}.hostPath.type`),
    ...checkOneOf(emptyDir?.medium, ['Memory'], `${field}.emptyDir.medium`),
  ];
}

function checkHostPath(path: string | undefined, field: string): Violation[] {
  if (!path) return [required(field)];
  return path.split('/').includes('..') ? [{ field, description: `"${path}" must not contain ".."` }] : [];
}
