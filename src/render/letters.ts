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

/** Lines no wider than they may be: broken at spaces and between Chinese letters, inside a word only where it is wider. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (displayWidth(line + piece.trimEnd()) <= width) line += piece
    else {
      if (line !== '') lines.push(line.trimEnd())
      line = piece
      while (displayWidth(line.trimEnd()) > width) {
        const head = cutOff(line, width)
        lines.push(head)
        line = line.slice(head.length)
      }
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** Words with the space behind them, single wide letters with the marks that may not begin a line. */
function pieces(text: string): string[] {
  const found: string[] = []
  let isOpen = false
  for (const { segment } of graphemes.segment(text)) {
    const last = found.at(-1)
    const isWide = displayWidth(segment) > 1
    if (last !== undefined && (CLOSING.test(segment) || segment === ' ' || (!isWide && isOpen)))
      found[found.length - 1] = last + segment
    else found.push(segment)
    isOpen = segment !== ' ' && !isWide
  }
  return found
}

const CLOSING = /^[，。、；：！？）》」』】…]/

/** As much of the beginning as fits, one letter at the least. */
function cutOff(text: string, width: number): string {
  let head = ''
  for (const { segment } of graphemes.segment(text)) {
    if (head !== '' && displayWidth(head + segment) > width) break
    head += segment
  }
  return head
}
