import { version } from '../package.json';
import type { Context } from './context';

/** `okube version` */
export const printVersion = ({ out }: Context): void => out(`okube ${version}\n`);
