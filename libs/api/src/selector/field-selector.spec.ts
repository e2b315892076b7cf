import { Pod } from '../generated/index.ownkube.core.v1';
import { podKind } from '../kinds';
import { compileFieldSelector, parseFieldSelector } from './field-selector';

const pod = Pod.fromPartial({
  metadata: { name: 'a,b' },
  spec: { nodeName: 'node-1', hostNetwork: true },
  status: { phase: 'Running' },
});

const selects = (text: string): boolean => compileFieldSelector(podKind, parseFieldSelector(text))(pod);

describe('field selectors', () => {
  test.each([
    ['', true],
    ['spec.nodeName=node-1', true],
    ['spec.nodeName==node-1,status.phase!=Failed', true],
    ['spec.nodeName!=node-1', false],
    ['status.podIP=', true],
    ['spec.hostNetwork=true', true],
    ['metadata.name=a\\,b', true],
    ['metadata.namespace!=', false],
  ])('%s selects: %s', (text, selected) => {
    expect(selects(text)).toBe(selected);
  });

  test.each([
    ['spec', 'cannot be selected by the field "spec"'],
    ['spec.nodename=x', 'did you mean "nodeName"?'],
    ['spec.containers=x', 'cannot be selected'],
    ['metadata.labels=x', 'cannot be selected'],
    ['metadata.name.x=x', 'cannot be selected'],
  ])('%s is refused', (text, message) => {
    expect(() => selects(text.includes('=') ? text : `${text}=x`)).toThrow(message);
  });

  test.each(['abc', '=x', 'a=b=c', 'a=b\\'])('%s is no selector', (text) => {
    expect(() => parseFieldSelector(text)).toThrow(`Field selector "${text}"`);
  });
});
