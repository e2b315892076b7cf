/** Paths of fields as people write them: "spec.containers[0].env[1].name", "metadata.labels[app.io/name]". */
export const fieldPath = {
  child: (path: string, name: string): string => (path === '' ? name : `${path}.${name}`),
  item: (path: string, index: number): string => `${path}[${index}]`,
  key: (path: string, key: string): string => `${path}[${key}]`,
};
