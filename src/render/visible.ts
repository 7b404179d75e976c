/** Text from files made harmless for a screen. On its own, as it is needed where no table is drawn. */

// Control characters drive terminals; bidi overrides and line separators rearrange what stands beside them.
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** Text with every control character replaced by a picture of it. */
export function visible(text: string): string {
  return text.replace(UNSAFE, picture)
}

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  if (code === 0x2028 || code === 0x2029) return '\u2424'
  return '\uFFFD'
}
