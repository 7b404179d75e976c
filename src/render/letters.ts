/** Text on a screen of fixed-width cells: how wide it is, and how to cut it. */
import stringWidth from 'string-width'

export const displayWidth = (text: string): number => stringWidth(text)

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
