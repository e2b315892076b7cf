import type { Violation } from '@own-kube/api';

/** Which of these numbers, where they are set, are less than zero. */
export const checkNotNegative = (
  numbers: Readonly<Record<string, number | undefined>>,
  at: string,
): Violation[] =>
  Object.entries(numbers).flatMap(([name, value]) =>
    value !== undefined && value < 0 ? [{ field: `${at}.${name}`, description: 'must not be negative' }] : [],
  );

const highestPort = 65535;

/** Whether a number is that of a port. */
export const checkPortNumber = (port: number | undefined, field: string): Violation[] =>
  port !== undefined && Number.isInteger(port) && port >= 1 && port <= highestPort
    ? []
    : [{ field, description: `must be from 1 to ${highestPort}` }];
