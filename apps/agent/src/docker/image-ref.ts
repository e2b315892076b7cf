/** An image's name in the two parts that the engine's pull takes. */
export interface ImageRef {
  /** "localhost:5000/team/web" */
  readonly name: string;
  /** "1.2", "latest", or "sha256:..." */
  readonly tag: string;
}

const component = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const host = '(?:[a-zA-Z0-9][a-zA-Z0-9.-]*|\\[[0-9a-fA-F:]+\\])(?::\\d+)?/';
const pattern = new RegExp(
  `^(?<name>(?:${host})?${component}(?:/${component})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9+._-]+:[0-9a-f]{32,}))?$`,
);

/** Splits an image's name; without tag and digest it is "latest". Undefined: it is no image's name. */
export function parseImageRef(image: string): ImageRef | undefined {
  const groups = pattern.exec(image)?.groups;
  if (!groups?.['name']) return undefined;
  return { name: groups['name'], tag: groups['digest'] ?? groups['tag'] ?? 'latest' };
}
