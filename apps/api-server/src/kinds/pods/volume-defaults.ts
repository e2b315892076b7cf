import { EmptyDirVolumeSource, type Volume, type VolumeSource } from '@own-kube/api';

/** Read and write for the owner, read for all. */
const fileMode = 0o644;
const tokenSeconds = 3600;

/** A volume with what Kubernetes fills in: an empty directory where no source is named, and the modes of files. */
export const defaultVolume = (volume: Volume): Volume => ({
  ...volume,
  volumeSource: sourceDefaults(volume.volumeSource ?? {}),
});

function sourceDefaults(source: VolumeSource): VolumeSource {
  if (Object.values(source).every((value) => value === undefined))
    return { ...source, emptyDir: EmptyDirVolumeSource.fromPartial({}) };
  const { secret, configMap, downwardAPI, projected, hostPath } = source;
  return {
    ...source,
    hostPath: hostPath && { ...hostPath, type: hostPath.type ?? '' },
    secret: secret && { ...secret, defaultMode: secret.defaultMode ?? fileMode },
    configMap: configMap && { ...configMap, defaultMode: configMap.defaultMode ?? fileMode },
    downwardAPI: downwardAPI && { ...downwardAPI, defaultMode: downwardAPI.defaultMode ?? fileMode },
    projected: projected && {
      ...projected,
      defaultMode: projected.defaultMode ?? fileMode,
      sources: projected.sources.map(({ serviceAccountToken: token, ...other }) => ({
        ...other,
        serviceAccountToken: token && {
          ...token,
          expirationSeconds: token.expirationSeconds ?? tokenSeconds,
        },
      })),
    },
  };
}
