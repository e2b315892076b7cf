import { stringify } from 'yaml';

/** JSON values as YAML documents. Text that another reader of YAML could take for something else is quoted. */
export const formatYaml = (values: readonly unknown[]): string =>
  values
    .map((value) => stringify(value, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 }))
    .join('---\n');
