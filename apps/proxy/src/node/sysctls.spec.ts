import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createLogger } from '@own-kube/process';
import { ensureSysctls } from './sysctls';
import { useFolders } from '../testing/folders';

const newFolder = useFolders();

const log = createLogger({ component: 'test', level: 'error' });

const aRoot = async (forward: string) => {
  const root = await newFolder();
  const files = {
    'net/ipv4/ip_forward': forward,
    'net/ipv4/conf/all/send_redirects': '1\n',
    'net/ipv4/conf/default/send_redirects': '0\n',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
};

test('what is missing is written', async () => {
  const root = await aRoot('0\n');
  await ensureSysctls({ log, root });
  expect(await readFile(join(root, 'net/ipv4/ip_forward'), 'utf8')).toBe('1');
  expect(await readFile(join(root, 'net/ipv4/conf/all/send_redirects'), 'utf8')).toBe('0');
});

test('a setting that cannot even be read is an error', async () => {
  await expect(ensureSysctls({ log, root: '/no such folder' })).rejects.toThrow('ENOENT');
});
