/** Is the refund taken off the amount already? Then nobody takes it off again. */
import { numberStyle, readNumber } from '../fields/money.ts'
import { seenHere } from './evidence.ts'
import type { Cast } from './roles.ts'
import type { Source } from './source.ts'

/** So many rows with a refund must say so, and none may say otherwise. */
const ENOUGH = 3
const CENT = 0.005

/**
 * The cast without the refund where a third column is the amount and the refund together in every row that has
 * one: paid 148.90, refunded 178.80, total 327.70. Tmall's order report is written so, other shops' are not.
 */
export function withoutNetRefund(cast: Cast, sources: readonly Source[], note: (line: string) => void): Cast {
  const { refund, amount, ...others } = cast
  if (!refund || !amount || refund.how === 'named') return cast
  const refunded = refundedRows(sources, amount.header, refund.header)
  const taken = new Set(Object.values(cast).map(({ header }) => header))
  const gross = sources[0]?.headers.find((header) => !taken.has(header) && isSum(refunded, header))
  if (refunded.length < ENOUGH || gross === undefined) return cast
  note(`${refund.header} is taken off ${amount.header} already, as both make ${gross}: not taken off again`)
  return { ...others, amount }
}

/** A row with a refund: what its amount and refund come to, and its cells. */
interface Refunded {
  readonly both: number
  cell(header: string): string
}

function refundedRows(sources: readonly Source[], amount: string, refund: string): Refunded[] {
  const [paid, back] = [numbersIn(sources, amount), numbersIn(sources, refund)]
  return sources.flatMap(({ headers, rows }) =>
    rows.flatMap(({ cells }) => {
      const cell = (header: string) => cells[headers.indexOf(header)] ?? ''
      const returned = Math.abs(back(cell(refund)))
      return returned > 0 ? [{ both: paid(cell(amount)) + returned, cell }] : []
    }),
  )
}

function isSum(rows: readonly Refunded[], header: string): boolean {
  return rows.every(({ both, cell }) => Math.abs(numberOf(cell(header)) - both) < CENT)
}

/** A number of a cell as its column writes it; NaN where it is none. */
function numbersIn(sources: readonly Source[], header: string): (cell: string) => number {
  const style = numberStyle(seenHere(sources, header))
  return (cell) => Number(readNumber(cell, style)?.text ?? Number.NaN)
}

const numberOf = (cell: string): number =>
  Number(readNumber(cell, numberStyle([{ value: cell, count: 1, line: 1 }]))?.text ?? Number.NaN)
