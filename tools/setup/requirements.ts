/** What the tasks need of the machine, and the Debian package that brings it. */

export interface Requirement {
  /** What is missing, as a person would name it: mostly the command. */
  readonly name: string;
  readonly package: string;
  /** Commands of which one must succeed; without any, `name` must be a command on the path. */
  readonly probes?: readonly (readonly [string, ...string[]])[];
}

const command = (name: string, debianPackage = name): Requirement => ({ name, package: debianPackage });

/** Debian's own Python: one that a person installed beside it does not see Debian's packages. */
export const python = '/usr/bin/python3';

const pythonModule = (module: string, debianPackage: string): Requirement => ({
  name: `Python's ${module}`,
  package: debianPackage,
  probes: [[python, '-c', `import ${module}`]],
});

/** Requirements by what they are for. */
export const requirements = {
  docker: [command('docker', 'docker.io')],
  /** Only where no engine answers. */
  engine: [command('dockerd', 'docker.io')],
  compose: [
    {
      name: 'docker compose',
      package: 'docker-compose',
      probes: [
        ['docker', 'compose', 'version'],
        // Not by running it: its Python takes half a second to start.
        ['which', 'docker-compose'],
      ],
    },
  ],
  etcd: [command('etcd', 'etcd-server')],
  network: [
    command('ip', 'iproute2'),
    command('nft', 'nftables'),
    command('conntrack'),
    command('socat'),
    command('ping', 'iputils-ping'),
    command('nsenter', 'util-linux'),
    command('curl'),
  ],
  /** A client in another language is one of the tests. */
  python: [
    { name: python, package: 'python3', probes: [[python, '--version']] },
    command('protoc', 'protobuf-compiler'),
    {
      name: "protobuf's own .proto files",
      package: 'libprotobuf-dev',
      probes: [['test', '-f', '/usr/include/google/protobuf/descriptor.proto']],
    },
    command('grpc_python_plugin', 'protobuf-compiler-grpc'),
    pythonModule('grpc', 'python3-grpcio'),
    pythonModule('google.protobuf', 'python3-protobuf'),
  ],
  /** Only where no registry gives the base image. */
  bootstrap: [command('debootstrap'), command('tar'), command('npm')],
} as const satisfies Record<string, readonly Requirement[]>;

export type Need = keyof typeof requirements;
