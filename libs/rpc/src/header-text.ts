/** Text in HTTP/2 headers: grpc-js percent-encodes it with encodeURI, which throws on half a surrogate pair. */

/** The text, cut so that it takes at most `max` bytes percent-encoded, and always encodable. */
export function cutTo(text: string, max: number): string {
  const whole = text.toWellFormed();
  // No character takes more than nine bytes, so most texts need no second look.
  if (whole.length * 9 <= max || encodeURI(whole).length <= max) return whole;
  let size = encodeURI('…').length;
  let end = 0;
  for (const character of whole) {
    size += encodeURI(character).length;
    if (size > max) break;
    end += character.length;
  }
  return `${whole.slice(0, end)}…`;
}

/** What a text takes as a binary header: base64, and a little for the header itself. */
export const sizeInHeader = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3) * 4 + 40;
