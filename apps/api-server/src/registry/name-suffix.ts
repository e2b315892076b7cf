/** Letters and digits that spell no words and look like no others, as upstream. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** Random bytes as the end of a made name. */
export const formatSuffix = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
