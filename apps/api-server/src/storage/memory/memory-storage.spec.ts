import { describeStorage } from '../storage.contract';
import { createMemoryStorage } from './memory-storage';

const storage = createMemoryStorage();
describeStorage('the store in memory', () => storage);
