export * from './generated/index.ownkube.core.v1';
export * from './generated/index.ownkube.meta.v1';
export * from './generated/index.ownkube.node.v1';
export * from './errors';
export * from './kinds';
export { messageFields } from './generated/schema';
export type { FieldSchema } from './schema';
