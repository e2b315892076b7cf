import { randomUUID } from 'node:crypto';
import Docker from 'dockerode';

/** The machine's Docker engine, for one test. */
export interface DockerEngine extends AsyncDisposable {
  readonly docker: Docker;
  /** For what the test creates ("key=value"): containers with this label are removed at the end. */
  readonly label: string;
  /** The same as Docker's API takes it: { [key]: value }. */
  readonly labels: Record<string, string>;
  /** Removes every container with the label, or with another one. */
  removeContainers(label?: string): Promise<void>;
}

/** Connects to the Docker engine that DOCKER_HOST or the usual socket names. */
export async function dockerEngine(): Promise<DockerEngine> {
  const docker = new Docker();
  await docker.ping().catch((cause: unknown) => {
    throw new Error(
      'No Docker engine answers at DOCKER_HOST or /var/run/docker.sock. Install Debian\'s package "docker.io" and start dockerd.',
      { cause },
    );
  });
  const labels = { 'io.own-kube.test': randomUUID() };
  const label = Object.entries(labels)[0]!.join('=');
  const removeContainers = async (ofLabel = label) => {
    const containers = await docker.listContainers({ all: true, filters: { label: [ofLabel] } });
    await Promise.all(containers.map(({ Id }) => removeContainer(docker.getContainer(Id))));
  };
  return { docker, label, labels, removeContainers, [Symbol.asyncDispose]: () => removeContainers() };
}

async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    // 404: gone already; 409: being removed by somebody else.
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}
