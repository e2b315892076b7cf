/** Hands rules to the kernel: all of them in one transaction, or none. */
import type { Exec } from '../exec';

/** Applies the text of a ruleset. */
export async function applyRuleset(exec: Exec, ruleset: string): Promise<void> {
  await exec(['nft', '-f', '-'], { stdin: ruleset });
}
