/** Decides where on this machine the cluster's network and port are. */

/** An IPv4 range, as numbers: first and last address. */
interface Range {
  readonly first: number;
  readonly last: number;
}

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** The range of a CIDR. */
function parseRange(cidr: string): Range {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1 };
}

/** The node networks that we try, in this order, by their first three numbers. */
export const prefixes: readonly string[] = [
  ...Array.from({ length: 14 }, (_, index) => `172.${18 + index}.0`),
  ...Array.from({ length: 16 }, (_, index) => `192.168.${208 + index}`),
];

/** The first prefix whose /24 overlaps none of the ranges in use; undefined when all of them do. */
export function pickPrefix(inUse: readonly string[]): string | undefined {
  const taken = inUse.filter((cidr) => /^[\d.]+\/\d+$/.test(cidr)).map(parseRange);
  return prefixes.find((prefix) => {
    const { first, last } = parseRange(`${prefix}.0/24`);
    return taken.every((range) => range.last < first || range.first > last);
  });
}

/** The networks of this machine's routing table, from the text of /proc/net/route; the default route is none. */
export function parseRoutes(text: string): string[] {
  const address = (hex: string): string =>
    (hex.match(/../g) ?? [])
      .reverse()
      .map((byte) => parseInt(byte, 16))
      .join('.');
  const bits = (hex: string): number =>
    [...parseInt(hex, 16).toString(2)].filter((bit) => bit === '1').length;
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .flatMap(([, destination = '', , , , , , mask = '']) =>
      destination && mask !== '00000000' ? [`${address(destination)}/${bits(mask)}`] : [],
    );
}
