/** The columns of two files, those that say the same as one: by their headers, else by what they mean. */
import { meaningOf } from '../../fields/contact.ts'
import { type Column, columnOf, sampleOf } from './columns.ts'
import type { MatchRole } from './roleNames.ts'
import { roleOf } from './roles.ts'

export interface PairedColumn {
  /** Rows of the one file, then those of the other; headed as in the first. */
  readonly column: Column
  readonly first: Column
  readonly second: Column
}

export function pairedColumns(first: readonly Column[], second: readonly Column[]): PairedColumn[] {
  const partners = new Map<Column, Column>()
  const pair = (signOf: (column: Column) => string | undefined) => {
    const free = [...second].filter((column) => ![...partners.values()].includes(column))
    const [own, others] = [
      bySign(
        first.filter((each) => !partners.has(each)),
        signOf,
      ),
      bySign(free, signOf),
    ]
    for (const [sign, [column, ...more]] of own) {
      const [other, ...rivals] = others.get(sign) ?? []
      if (column && other && more.length === 0 && rivals.length === 0) partners.set(column, other)
    }
  }
  pair(({ header }) => header)
  pair(({ header }) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
  pair(meaningIn)
  return first.flatMap((column) => {
    const other = partners.get(column)
    return other ? [{ column: joined(column, other), first: column, second: other }] : []
  })
}

function bySign(
  columns: readonly Column[],
  signOf: (column: Column) => string | undefined,
): Map<string, Column[]> {
  const signs = new Map<string, Column[]>()
  for (const column of columns) {
    const sign = signOf(column)
    if (sign !== undefined && sign !== '') signs.set(sign, [...(signs.get(sign) ?? []), column])
  }
  return signs
}

function meaningIn(column: Column): string | undefined {
  return meaningOf(
    column.header,
    sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 })),
  )
}

function joined(first: Column, second: Column): Column {
  const numbers = new Map(first.words.map((word, code) => [word, code]))
  const words = [...first.words]
  const numberOf = second.words.map((word) => {
    const known = numbers.get(word)
    return known === undefined ? words.push(word) - 1 : known
  })
  const codes = new Int32Array(first.rows + second.rows)
  codes.set(first.codes)
  second.codes.forEach((code, row) => {
    codes[first.rows + row] = code < 0 ? -1 : (numberOf[code] as number)
  })
  return columnOf(first.header, codes, words)
}

/** What names the rows of either file is no evidence: two systems count from one. */
export function roleOfPair({ column, first, second }: PairedColumn): MatchRole {
  return [first, second].some((each) => roleOf(each) === 'row id') ? 'row id' : roleOf(column)
}
