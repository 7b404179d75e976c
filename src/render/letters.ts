/** Text on a screen of fixed-width cells: how wide it is, how to cut it, and how to make it harmless. */
import stringWidth from 'string-width'

export const displayWidth = (text: string): number => stringWidth(text)

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

const graphemes = new Intl.Segmenter()

/** The beginning of a text, cut with an ellipsis where it is wider than it may be. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let [kept, used] = ['', 0]
  for (const { segment } of graphemes.segment(text)) {
    used += displayWidth(segment)
    if (used > width - 1) break
    kept += segment
  }
  return `${kept}…`
}
