import { parseObjectArgs } from './object-args';

test.each([
  [['pods'], 'Pod', []],
  [['po', 'a', 'b'], 'Pod', ['a', 'b']],
  [['Node', 'a'], 'Node', ['a']],
  [['ns'], 'Namespace', []],
  [['pod/a', 'pods/b'], 'Pod', ['a', 'b']],
])('%p', (args, kind, names) => {
  const parsed = parseObjectArgs(args);
  expect([parsed.kind.kind, parsed.names]).toEqual([kind, names]);
});

test.each([
  [['nodess'], 'Unknown kind "nodess"; did you mean "nodes"?; known kinds are pods, nodes, namespaces, '],
  [['widgets'], 'Unknown kind "widgets"; known kinds are pods, nodes, namespaces, '],
  [['pod/a', 'node/b'], 'pods and nodes need a command each.'],
  [['pod/a', 'b'], '"b" must be KIND/NAME'],
  [['pod/'], '"pod/" must be KIND/NAME'],
  [['pod/a/b'], '"pod/a/b" must be KIND/NAME'],
])('%p is refused', (args, message) => {
  expect(() => parseObjectArgs(args)).toThrow(message);
});
