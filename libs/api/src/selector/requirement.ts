/** One condition of a selector on the value of a key. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
}

/** Whether all requirements hold. As in Kubernetes, a missing key satisfies NotIn. */
export const matchesLabels = (
  requirements: readonly Requirement[],
  labels: Readonly<Record<string, string>> | undefined,
): boolean => requirements.every((requirement) => holds(requirement, labels ?? {}));

function holds({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isInteger(value) && BigInt(value) > BigInt(values[0]!);
    case 'Lt':
      return isInteger(value) && BigInt(value) < BigInt(values[0]!);
  }
}

/** Whether a text is a whole number, as Gt and Lt compare. */
export const isInteger = (text: string | undefined): text is string =>
  text !== undefined && /^[+-]?\d{1,19}$/.test(text);
