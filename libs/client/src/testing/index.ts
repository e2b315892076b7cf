export { createFakeApi, type FakeApi } from './fake-api';
