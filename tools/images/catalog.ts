/** The images of this repository, and what each is made of. */

/** The apps of the cluster, by the name of their folder in apps/. */
export const apps = ['api-server', 'agent', 'proxy', 'scheduler', 'cli'] as const;
export type App = (typeof apps)[number];

/** True for the name of an app. */
export const isApp = (name: string | undefined): name is App => apps.some((app) => app === name);

export interface Image {
  readonly tag: string;
  /** The folder that is sent to the engine, relative to the repository. */
  readonly context: string;
  readonly dockerfile: string;
  /** The stage of the Dockerfile; the last one unless set. */
  readonly target?: string;
  /** Files and folders whose content decides whether the image is still the right one. */
  readonly inputs: readonly string[];
}

const dockerfile = 'deploy/images/Dockerfile';

/** What every bundle depends on. */
export const sharedInputs = [
  'package.json',
  'package-lock.json',
  'nx.json',
  'tsconfig.base.json',
  'tools/build-app.ts',
  'tools/etcd3-protos.ts',
  'tools/generate',
  'proto',
  'libs',
] as const;

/** What the bundle of an app depends on. */
export const appInputs = (app: App): string[] => [...sharedInputs, `apps/${app}`];

/** The image of an app. */
export function appImage(app: App): Image {
  const name = app === 'cli' ? 'okube' : app;
  const inputs = [...appInputs(app), dockerfile];
  return { tag: `own-kube/${name}`, context: '.', dockerfile, target: name, inputs };
}

const folderImage = (name: string, folder: string): Image => ({
  tag: `own-kube/${name}`,
  context: folder,
  dockerfile: `${folder}/Dockerfile`,
  inputs: [folder],
});

/** Images that need none of our code. */
export const plainImages: readonly Image[] = [
  folderImage('pause', 'deploy/images/pause'),
  folderImage('etcd', 'deploy/images/etcd'),
  folderImage('whats-my-ip', 'deploy/examples/whats-my-ip'),
];

/** The images of the apps, all from one Dockerfile. */
export const appImages: readonly Image[] = apps.map(appImage);
