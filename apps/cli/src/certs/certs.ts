import { chmod, chown, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeClusterPki } from '@own-kube/rpc/pki';
import { checkDns1123Subdomain } from '@own-kube/api';
import type { Context } from '../context';
import { UsageError } from '../exit-codes';
import { ensureKeys } from './ensure-keys';
import { adminFiles, type CertsOptions, formatKubeconfig, planIdentities } from './plan-certs';

/** `okube certs`: makes the certificates and keys that are missing or do not fit, and says what it made and why. */
export async function makeCertificates(options: CertsOptions, { cwd, out }: Context): Promise<void> {
  check(options);
  const dir = resolve(cwd, options.dir);
  const issued = await writeClusterPki(dir, { caName: 'own-kube', identities: planIdentities(options) });
  for (const { identity, reason } of issued) out(`${identity} made: ${reason}\n`);
  for (const key of await ensureKeys(join(dir, 'api-server')))
    out(`api-server/${key} made: there is none yet. Keep a copy\n`);
  const admin = join(dir, 'admin');
  const config = join(admin, 'config');
  await writeFile(`${config}.new`, formatKubeconfig(options.server));
  await chmod(`${config}.new`, 0o644);
  await rename(`${config}.new`, config);
  await giveToOwner(admin);
  out(`${config} is for okube; the api-server is at ${options.server}\n`);
}

/** Who owns the folder owns the files in it: okube may run as root in a container, on a folder of the host. */
async function giveToOwner(folder: string): Promise<void> {
  const { uid, gid } = await stat(folder);
  for (const file of adminFiles) {
    const path = join(folder, file);
    const have = await stat(path);
    if (have.uid !== uid || have.gid !== gid) await chown(path, uid, gid);
  }
}

const reserved = ['ca', 'etcd', 'api-server', 'scheduler', 'admin'];

function check({ server, node }: CertsOptions): void {
  if (!/^(\[[^\]]+\]|[^:\s]+):\d{1,5}$/.test(server))
    throw new UsageError(`--server "${server}" must be host:port, as 127.0.0.1:6443.`);
  for (const name of node) {
    const [wrong] = checkDns1123Subdomain(name, '--node');
    if (wrong) throw new UsageError(`--node ${wrong.description}.`);
    if (reserved.includes(name))
      throw new UsageError(`--node "${name}" is the name of another folder; choose another.`);
  }
}
