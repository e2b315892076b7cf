export { createFakeApi, type FakeApi } from './fake-api';
export { serveFakeApi } from './serve-fake-api';
