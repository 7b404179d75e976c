/** What may be typed for the options of clean. */
import { CustError } from '../../core/errors.ts'
import type { Option } from '../../core/options.ts'

export const fixes = ['names', 'addresses', 'simplified'] as const
export type Fix = (typeof fixes)[number]

function fixWords(given: string): readonly Fix[] {
  return given.split(',').map((word) => {
    const known = fixes.find((each) => each === word.trim())
    if (known) return known
    throw new CustError('usage', `"${word}" is not one of ${fixes.join(', ')}`)
  })
}

export const fixOption: Option<readonly Fix[]> = {
  help: `what else to mend: ${fixes.join(', ')}`,
  placeholder: '<a,b>',
  default: [],
  repeats: true,
  choices: fixes,
  parse: fixWords,
}

export const missingWays = ['keep', 'drop', 'flag', 'fill:median', 'fill:mode', 'fill:knn'] as const
export type MissingWay = (typeof missingWays)[number]

/** For one column, or for all that have no rule of their own. */
export interface MissingRule {
  readonly column: string | undefined
  readonly way: MissingWay
}

/** `drop`, `age=fill:median,email=drop`. */
function missingRules(given: string): readonly MissingRule[] {
  return given.split(',').map((part) => {
    const [, column, word = ''] = /^(?:(.*)=)?([^=]*)$/s.exec(part.trim()) ?? []
    const way = missingWays.find((each) => each === word.trim())
    if (way === undefined || column?.trim() === '') {
      throw new CustError(
        'usage',
        `"${part}" is not one of ${missingWays.join(', ')}, nor column=one of these`,
      )
    }
    return { column: column?.trim(), way }
  })
}

export const missingOption: Option<readonly MissingRule[]> = {
  help: 'empty cells: keep, drop (the row), flag, fill:median, fill:mode, fill:knn; age=fill:median for one column',
  placeholder: '<way|column=way>',
  default: [],
  repeats: true,
  choices: missingWays,
  parse: missingRules,
}

export function countryCode(given: string): string {
  if (/^[A-Za-z]{2}$/.test(given)) return given.toUpperCase()
  throw new CustError('usage', `"${given}" is not a country of two letters, as DE, US or CN`)
}
