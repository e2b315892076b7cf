/**
 * Packages for other platforms that package-lock.json lacks. A registry that does not have all of them leaves them out
 * of the file without a word, and then `npm ci` of newer npm refuses the whole of it.
 */

interface Entry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

/** What we read of package-lock.json: its packages by their folder. */
export interface Lockfile {
  packages: Record<string, Entry>;
}

export interface MissingOptional {
  readonly name: string;
  readonly version: string;
}

/** The folders in which a package that lies in `folder` finds another one, nearest first. */
function lookups(folder: string, name: string): string[] {
  const parts = folder.split('/node_modules/');
  const inner = parts.map((_part, index) => parts.slice(0, parts.length - index).join('/node_modules/'));
  return [...inner.map((path) => `${path}/node_modules/${name}`), `node_modules/${name}`];
}

/** The optional dependencies of an exact version that have no entry. */
export function missingOptionals({ packages }: Lockfile): MissingOptional[] {
  const wanted = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(
        ([name, version]) =>
          /^\d/.test(version) && !lookups(folder, name).some((path) => packages[path]?.version),
      )
      .map(([name, version]) => ({ name, version })),
  );
  return [...new Map(wanted.map((missing) => [missing.name, missing])).values()];
}

const libcOf = (abi: string | undefined): string[] | undefined =>
  abi?.startsWith('gnu') ? ['glibc'] : abi?.startsWith('musl') ? ['musl'] : undefined;

/** The platform that such a package's name ends with: @swc/core-linux-arm-gnueabihf is for linux, arm, glibc. */
export function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | undefined {
  const found =
    /-(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(
      name,
    );
  const [, os, cpu, abi] = found ?? [];
  if (!os || !cpu) return undefined;
  const libc = os === 'linux' ? libcOf(abi) : undefined;
  return { cpu: [cpu.replace('armv7', 'arm')], os: [os], ...(libc && { libc }) };
}

/** The lockfile with an entry for each of them; no checksum, since there was no registry to tell it. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const added = missingOptionals(lockfile).map(({ name, version }): [string, Entry] => {
    const platform = platformOf(name);
    if (!platform)
      throw new Error(
        `package-lock.json lacks ${name}@${version}, and its name does not say for which platform it is.`,
      );
    return [`node_modules/${name}`, { version, ...platform, optional: true }];
  });
  const packages = Object.entries({ ...lockfile.packages, ...Object.fromEntries(added) });
  return { ...lockfile, packages: Object.fromEntries(packages.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
