import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkOneOf,
  checkUnique,
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  required,
  type Violation,
} from '@own-kube/api';
import { isIP } from 'node:net';
import { checkOrdinaryIp } from '../ip-addresses';
import { checkPortNumber } from '../numbers';

const mostEndpoints = 1000;
const mostAddresses = 100;
const mostPorts = 20_000;

/** What is wrong with an EndpointSlice by itself. */
export const checkEndpointSlice = ({ addressType = '', endpoints, ports }: EndpointSlice): Violation[] => [
  ...(addressType ? [] : [required('addressType')]),
  ...checkOneOf(addressType, ['IPv4', 'IPv6', 'FQDN'], 'addressType'),
  ...(endpoints.length > mostEndpoints
    ? [{ field: 'endpoints', description: `must be no more than ${mostEndpoints}, got ${endpoints.length}` }]
    : endpoints.flatMap((endpoint, index) => checkEndpoint(endpoint, `endpoints[${index}]`, addressType))),
  ...(ports.length > mostPorts
    ? [{ field: 'ports', description: `must be no more than ${mostPorts}, got ${ports.length}` }]
    : ports.flatMap((port, index) => checkPort(port, `ports[${index}]`))),
  ...checkUnnamed(ports),
  ...checkUnique(ports, ({ name }) => name, { field: 'ports', key: 'name' }),
];

function checkEndpoint(
  { addresses, hostname, nodeName }: Endpoint,
  field: string,
  type: string,
): Violation[] {
  const at = `${field}.addresses`;
  return [
    ...(addresses.length === 0 ? [required(at)] : []),
    ...(addresses.length > mostAddresses
      ? [{ field: at, description: `must be no more than ${mostAddresses}` }]
      : addresses.flatMap((address, index) => checkAddress(address, `${at}[${index}]`, type))),
    ...(hostname ? checkDns1123Label(hostname, `${field}.hostname`) : []),
    ...(nodeName ? checkDns1123Subdomain(nodeName, `${field}.nodeName`) : []),
  ];
}

function checkAddress(address: string, field: string, type: string): Violation[] {
  if (type === 'FQDN') return checkDns1123Subdomain(address, field);
  const version = type === 'IPv4' ? 4 : type === 'IPv6' ? 6 : undefined;
  if (version !== undefined && isIP(address) !== version)
    return [{ field, description: `"${address}" must be an ${type} address` }];
  return version === undefined ? [] : checkOrdinaryIp(address, field);
}

const checkPort = ({ name, protocol, port }: EndpointPort, field: string): Violation[] => [
  ...(name ? checkDns1123Label(name, `${field}.name`) : []),
  ...checkOneOf(protocol, ['TCP', 'UDP', 'SCTP'], `${field}.protocol`),
  ...(port === undefined ? [] : checkPortNumber(port, `${field}.port`)),
];

/** Names tell ports apart, so one may be without. */
const checkUnnamed = (ports: readonly EndpointPort[]): Violation[] =>
  ports.length > 1 && ports.filter(({ name }) => !name).length > 1
    ? [{ field: 'ports', description: 'must have names, each another: more than one has none' }]
    : [];
