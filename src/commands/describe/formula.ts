/** `y~x1+x2`: the column that is explained, and those that explain it. */
import { CustError } from '../../core/errors.ts'

export interface Formula {
  readonly text: string
  readonly y: string
  readonly x: readonly string[]
}

const usage = (given: string, why: string): CustError =>
  new CustError('usage', `"${given}" is not a formula: ${why}`, 'write --regress y~x1+x2')

/** Throws CustError('usage'). */
export function formula(given: string): Formula {
  const [left, right, ...more] = splitAt(given, '~')
  if (left === undefined || right === undefined || more.length > 0) throw usage(given, 'it has one ~')
  const [y, x] = [nameOf(left, given), splitAt(right, '+').map((part) => nameOf(part, given))]
  if (x.includes(y)) throw usage(given, `${y} stands on both sides`)
  const twice = x.find((name, i) => x.indexOf(name) < i)
  if (twice !== undefined) throw usage(given, `${twice} is there twice`)
  return { text: given, y, x }
}

/** The parts between a sign, where it stands in no backticks. */
function splitAt(given: string, sign: string): string[] {
  const parts = ['']
  let quoted = false
  for (const character of given) {
    if (character === '`') quoted = !quoted
    if (character === sign && !quoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

function nameOf(part: string, given: string): string {
  const text = part.trim()
  const quoted = /^`([^`]+)`$/.exec(text)?.[1]
  if (quoted !== undefined) return quoted.trim()
  if (text === '') throw usage(given, 'a name is missing')
  const sign = /[*:^()`|-]/.exec(text)?.[0]
  if (sign !== undefined)
    throw usage(given, `"${sign}" means nothing here; put names that hold it in backticks`)
  return text
}
