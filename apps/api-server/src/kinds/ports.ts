import { checkPortName, type IntOrString, type Violation } from '@own-kube/api';
import { checkPortNumber } from './numbers';

/** The type of an IntOrString that is a text. */
const isText = ({ type }: IntOrString): boolean => type === 1;

/** A port as a number, or as the name of one of a container's ports. */
export const checkPort = (port: IntOrString, field: string): Violation[] =>
  isText(port) ? checkPortName(port.strVal ?? '', field) : checkPortNumber(port.intVal, field);

/** A port that says nothing: 0 or "". */
export const isNoPort = (port: IntOrString | undefined): boolean =>
  !port || (isText(port) ? !port.strVal : !port.intVal);

/** A port by its number. */
export const portNumber = (port: number): IntOrString => ({ type: 0, intVal: port, strVal: undefined });
