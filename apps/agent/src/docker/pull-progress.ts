import { ApiError } from '@own-kube/api';
import type { PullProgress } from './engine';

interface Layer {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly done: boolean;
}

interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { current?: number; total?: number };
  readonly error?: string;
  readonly errorDetail?: { message?: string };
}

const finished = new Set(['Pull complete', 'Already exists']);
const begun = new Set([
  'Pulling fs layer',
  'Waiting',
  'Downloading',
  'Download complete',
  'Extracting',
  ...finished,
]);

/**
 * Adds up what a pull's stream says. Keeps the last state of each layer and nothing else.
 * @throws ApiError NotFound or Unavailable where the stream tells of an error: it comes with status 200.
 */
export function createPullProgress(image: string): (message: unknown) => PullProgress {
  const layers = new Map<string, Layer>();
  return (message) => {
    const { id, status = '', progressDetail, error, errorDetail } = message as PullMessage;
    const problem = errorDetail?.message ?? error;
    if (problem !== undefined)
      throw new ApiError('Unavailable', `Image "${image}" cannot be pulled: ${problem}`);
    if (id !== undefined && begun.has(status))
      layers.set(id, nextLayer(layers.get(id), status, progressDetail));
    return sum([...layers.values()]);
  };
}

function nextLayer(layer: Layer | undefined, status: string, detail: PullMessage['progressDetail']): Layer {
  const totalBytes = detail?.total ?? layer?.totalBytes ?? 0;
  if (finished.has(status)) return { bytes: totalBytes, totalBytes, done: true };
  // Extracting counts from the start again: what was downloaded stays downloaded.
  const bytes = status === 'Downloading' ? (detail?.current ?? 0) : (layer?.bytes ?? 0);
  return { bytes, totalBytes, done: false };
}

const sum = (layers: readonly Layer[]): PullProgress => ({
  layers: layers.length,
  layersDone: layers.filter(({ done }) => done).length,
  bytes: layers.reduce((bytes, layer) => bytes + layer.bytes, 0),
  totalBytes: layers.reduce((bytes, layer) => bytes + layer.totalBytes, 0),
});
