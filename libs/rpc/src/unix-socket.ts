/**
 * A unix socket that is never open to others, not even while it is being made, and that takes the place of one which a
 * killed process left behind: it is bound in a directory of ours alone and then moved to where it belongs.
 */
import { chmod, lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

/** sockaddr_un has room for 107 bytes, and the directory for making it adds 9. */
const maxPath = 98;

/** Where a socket is bound, and how it gets to its place. */
export interface UnixSocket {
  /** What to bind. */
  readonly bindPath: string;
  /** Makes what was bound the socket of its path, readable and writable by its owner only. */
  publish(): Promise<void>;
  /** Takes away what is ours; a socket that another process has put there since stays. */
  remove(): Promise<void>;
}

/** Prepares a socket at an absolute path. Fails where another process answers there. */
export async function prepareUnixSocket(path: string): Promise<UnixSocket> {
  if (Buffer.byteLength(path) > maxPath) {
    throw new Error(`the socket path ${path} is too long: at most ${maxPath} bytes fit`);
  }
  if (await isAnswered(path)) throw new Error(`another process serves on ${path} already`);
  const directory = await mkdtemp(`${path}.`).catch((cause: unknown) => {
    throw new Error(`cannot make a socket in ${dirname(path)}`, { cause });
  });
  const bindPath = join(directory, 's');
  let inode: number | undefined;
  return {
    bindPath,
    async publish() {
      await chmod(bindPath, 0o600);
      inode = (await lstat(bindPath)).ino;
      await rename(bindPath, path);
      await rm(directory, { recursive: true });
    },
    async remove() {
      await rm(directory, { recursive: true, force: true });
      const now = await lstat(path).catch(() => undefined);
      if (now && now.ino === inode) await rm(path, { force: true });
    },
  };
}

/** Whether somebody listens there. A file that nobody listens on refuses the connection. */
function isAnswered(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(path);
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
