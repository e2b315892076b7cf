/**
 * A stand-in for Docker's official Node image, for machines that reach no registry: Debian's minimal system, the Node of
 * this project, npm, and the certificate authorities of the host. It carries the label `io.own-kube.stand-in`.
 */
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot, stateDir } from '../kit/paths.ts';
import { run } from '../kit/run.ts';
import { step, type Step } from '../kit/say.ts';
import { Stop } from '../kit/task.ts';
import { debianMirror, type Mirror } from './debian-mirror.ts';
import { hostCertificates } from './host-certificates.ts';
import { ensurePrerequisites } from './prerequisites.ts';

const suite = 'trixie';
/** The npm that Node 24 comes with. */
const npmVersion = '11.6.0';
/** Not /etc/ssl/certs/ca-certificates.crt: the package ca-certificates would overwrite that. */
const bundle = '/usr/local/share/host-ca-certificates.crt';
const labelText = 'Made on this machine from Debian packages; not the official image';

const changes = [
  `LABEL io.own-kube.stand-in="${labelText}"`,
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  `ENV NODE_EXTRA_CA_CERTS=${bundle}`,
  `ENV SSL_CERT_FILE=${bundle}`,
  'CMD ["node"]',
];

const dispensable = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'usr/share/info',
  'var/cache/apt/archives',
];

async function debootstrap(rootfs: string, { url, proxy }: Mirror, { note }: Step): Promise<void> {
  const args = ['--variant=minbase', '--include=libstdc++6,libatomic1', suite, rootfs, url];
  const env = { LC_ALL: 'C.UTF-8', ...(proxy && { http_proxy: proxy }) };
  await run(['debootstrap', ...args], { env, onLine: note });
  if (proxy)
    await writeFile(join(rootfs, 'etc/apt/apt.conf.d/90proxy'), `Acquire::http::Proxy "${proxy}";\n`);
  for (const folder of dispensable) await rm(join(rootfs, folder), { recursive: true, force: true });
  await mkdir(join(rootfs, 'var/cache/apt/archives/partial'), { recursive: true });
  await run(['chroot', rootfs, 'useradd', '--create-home', '--shell', '/bin/bash', '--uid', '1000', 'node']);
}

async function addNode(rootfs: string): Promise<void> {
  const binary = await realpath(inRoot('node_modules/.bin/node'));
  await copyFile(binary, join(rootfs, 'usr/local/bin/node'));
  await symlink('node', join(rootfs, 'usr/local/bin/nodejs'));
}

async function addNpm(rootfs: string, work: string): Promise<void> {
  const pack = ['npm', 'pack', `npm@${npmVersion}`, '--silent', '--pack-destination', work] as const;
  const tarball = (await run(pack)).split('\n').at(-1) ?? '';
  const target = join(rootfs, 'usr/local/lib/node_modules/npm');
  await mkdir(target, { recursive: true });
  await run(['tar', '-xzf', join(work, tarball), '-C', target, '--strip-components=1', '--no-same-owner']);
  for (const name of ['npm', 'npx'])
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(rootfs, 'usr/local/bin', name));
  const registry = await run(['npm', 'config', 'get', 'registry']);
  await mkdir(join(rootfs, 'usr/local/etc'), { recursive: true });
  await writeFile(join(rootfs, 'usr/local/etc/npmrc'), `registry=${registry}\n`);
}

async function addCertificates(rootfs: string): Promise<void> {
  const certificates = await hostCertificates();
  await writeFile(join(rootfs, bundle), certificates);
  await mkdir(join(rootfs, 'etc/ssl/certs'), { recursive: true });
  await writeFile(join(rootfs, 'etc/ssl/certs/ca-certificates.crt'), certificates);
}

async function importRootfs(rootfs: string, work: string, image: string): Promise<void> {
  const archive = join(work, 'rootfs.tar');
  await run(['tar', '-C', rootfs, '--numeric-owner', '-cf', archive, '.']);
  await run(['docker', 'import', ...changes.flatMap((change) => ['--change', change]), archive, image]);
}

/** Makes the stand-in and gives it that name. Needs root, for debootstrap. */
export async function makeStandIn(image: string): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new Stop(
      `Only root can make the stand-in for ${image}. Start again as root, or: docker pull ${image}`,
    );
  await ensurePrerequisites('bootstrap');
  const mirror = await debianMirror();
  await step(`Making a stand-in for ${image} from ${mirror.url}`, async (progress) => {
    await mkdir(stateDir, { recursive: true });
    const work = await mkdtemp(join(stateDir, 'stand-in-'));
    const rootfs = join(work, 'rootfs');
    try {
      await debootstrap(rootfs, mirror, progress);
      progress.note('Node, npm, certificates');
      await addNode(rootfs);
      await addNpm(rootfs, work);
      await addCertificates(rootfs);
      progress.note('docker import');
      await importRootfs(rootfs, work, image);
    } finally {
      // debootstrap mounts /proc and /sys in there, and may have been killed before it could take them out again.
      await run(['rm', '-rf', '--one-file-system', work]);
    }
  });
}
