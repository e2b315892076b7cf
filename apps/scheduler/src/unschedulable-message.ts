/** "0/3 nodes are available: 1 node(s) were not ready, 2 Insufficient cpu." */
export function unschedulableMessage(reasons: ReadonlyMap<string, number>, nodes: number): string {
  if (nodes === 0) return 'There are no nodes yet.';
  const counted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodes} nodes are available: ${counted.join(', ')}.`;
}
