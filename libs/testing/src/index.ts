export { eventually, type EventuallyOptions } from './eventually';
export { startEtcd, type EtcdFixture, type EtcdOptions, type EtcdTls } from './etcd';
export { freePort } from './free-port';
export { tempDir, type TempDir } from './temp-dir';
export { startProcess, stopProcess, type TestProcess, type TestProcessOptions } from './test-process';
export { createFakeClock, type FakeClock } from '@own-kube/process/testing';
