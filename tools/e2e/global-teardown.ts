import { stop } from './kit/test-cluster.ts';

/** Nothing of the tests' cluster outlives the tests. */
export default async function (): Promise<void> {
  await stop();
}
