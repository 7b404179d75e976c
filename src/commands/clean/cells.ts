/** What is mended in a cell whatever its column means: wrapping, blanks around it, width, words for nothing. */
import { type NothingIn, standsForNone } from '../../fields/nothing.ts'
import { trimmedText } from '../../fields/text.ts'

/** What became of a text, and by which rules. */
export interface Tidied {
  readonly text: string
  readonly rules: readonly string[]
}

export interface TidyingOf extends NothingIn {
  /** Its cells are codes: digits, letters and brackets have plain width. */
  readonly coded: boolean
}

const NONE: readonly string[] = []

export function tidied(text: string, column: TidyingOf): Tidied {
  if (isVisible(text) && !mayStandForNone(text)) return { text, rules: NONE }
  const rules: string[] = []
  let now = text
  const step = (next: string, rule: string) => {
    if (next !== now) rules.push(rule)
    now = next
  }
  step(trimmedText(now), 'trim')
  step(trimmedText(unwrapped(now, column.coded)), 'unwrap')
  if (column.coded) step(trimmedText(narrow(now)), 'width')
  if (now !== '' && mayStandForNone(now) && standsForNone(now, column)) step('', 'placeholder')
  return { text: now, rules: now === text ? NONE : rules }
}

/** Visible ASCII from end to end, blanks between its words aside, and not wrapped. */
const isVisible = (text: string): boolean => /^[!#-&(-<>-~](?:[ -~]*[!-~])?$/.test(text)

/** What keeps a value from a spreadsheet: `="0123"`, and before digits an apostrophe. */
export function unwrapped(text: string, coded: boolean): string {
  const formula = /^="([^"]*)"$/.exec(text)?.[1]
  if (formula !== undefined) return formula
  return coded && /^'[+(\d][\d ()+./-]*$/.test(text) ? text.slice(1) : text
}

/** Full-width forms of ASCII as they are usually written. */
export const narrow = (text: string): string =>
  /[\u3000\uff01-\uff5e]/.test(text)
    ? text.replace(/[\u3000\uff01-\uff5e]/g, (wide) =>
        wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
      )
    : text

/** No placeholder is longer, but for lines of dashes and guest addresses. */
const LONGEST = 14

const mayStandForNone = (text: string): boolean => text.length <= LONGEST || /^[-–—g]/i.test(text)
