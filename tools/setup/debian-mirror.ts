/** Where this machine gets Debian's packages from. */
import { tryRun } from '../kit/run.ts';

const publicMirror = 'http://deb.debian.org/debian';

export interface Mirror {
  readonly url: string;
  /** apt's HTTP proxy, where one is set. */
  readonly proxy: string | undefined;
}

/** The first mirror of Debian proper in the output of `apt-get indextargets`; the public one when there is none. */
export function pickMirror(targets: string): string {
  const debian = targets.split('\n').find((line) => line.endsWith(' Debian main'));
  return debian?.split(' ')[0]?.replace(/\/$/, '') ?? publicMirror;
}

/** The mirror and proxy that apt on this machine uses. */
export async function debianMirror(): Promise<Mirror> {
  const targets = await tryRun(['apt-get', 'indextargets', '--format', '$(REPO_URI) $(ORIGIN) $(COMPONENT)']);
  const config = await tryRun(['apt-config', 'dump', '--format', '%v', 'Acquire::http::Proxy']);
  return { url: pickMirror(targets.stdout), proxy: config.stdout.trim() || process.env.http_proxy };
}
