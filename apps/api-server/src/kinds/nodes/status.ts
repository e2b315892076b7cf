import { type Node, parseQuantity, type Quantity, type Violation } from '@own-kube/api';
import { isIP } from 'node:net';

/** What is wrong with what a node says of itself. */
export const checkNodeStatus = ({ status }: Node): Violation[] =>
  status
    ? [
        ...checkAmounts(status.capacity, 'status.capacity'),
        ...checkAmounts(status.allocatable, 'status.allocatable'),
        ...status.addresses.flatMap(({ type, address }, index) =>
          type === 'InternalIP' && !isIP(address ?? '')
            ? [
                {
                  field: `status.addresses[${index}].address`,
                  description: `"${address ?? ''}" must be an IP address`,
                },
              ]
            : [],
        ),
      ]
    : [];

const checkAmounts = (amounts: Readonly<Record<string, Quantity>>, field: string): Violation[] =>
  Object.entries(amounts).flatMap(([resource, { string = '' }]) => {
    const amount = parseQuantity(string);
    return amount && amount.nanos >= 0n
      ? []
      : [{ field: `${field}[${resource}]`, description: `"${string}" must be a quantity, as "2" or "4Gi"` }];
  });
