/** The keys and the size of what ConfigMaps and Secrets hold. */
import type { Violation } from '@own-kube/api';

const mostBytes = 1024 * 1024;
const longestKey = 253;

/** What is wrong with a key: it is also the name of a file. */
export function checkDataKey(key: string, field: string): Violation[] {
  const at = `${field}[${key}]`;
  if (key.length > longestKey)
    return [{ field: at, description: `must be no more than ${longestKey} characters` }];
  if (!/^[-._a-zA-Z0-9]+$/.test(key))
    return [{ field: at, description: `"${key}" must consist of letters, digits, "-", "_" and "."` }];
  return key === '.' || key.startsWith('..')
    ? [{ field: at, description: `"${key}" must not be "." and not begin with ".."` }]
    : [];
}

/** All values together must not be too many bytes. */
export function checkDataSize(values: readonly (string | Uint8Array)[], field: string): Violation[] {
  const bytes = values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  return bytes > mostBytes
    ? [{ field, description: `must be no more than ${mostBytes} bytes in all, got ${bytes}` }]
    : [];
}
