/** Rows that cannot be read: how many are too many, and the file that they are written to. */
import { CustError } from '../core/errors.ts'
import type { RejectLook } from '../core/look.ts'
import { wholeText } from '../core/numerals.ts'
import type { Tally } from '../core/orders.ts'
import type { Report } from '../core/report.ts'
import type { Reading } from './asked.ts'

/** Lines that were left out because a cell could not be read. */
export function unreadableIn({ leftOut }: Tally): number {
  const bad = leftOut.filter(({ reason }) => reason.endsWith(': unreadable'))
  return bad.reduce((sum, { lines }) => sum + lines, 0)
}

export interface BadRows {
  readonly bad: number
  readonly rows: number
  readonly examples: readonly string[]
}

/** Throws CustError('input') where more rows are bad than the flags allow. */
export function refuseBadRows({ bad, rows, examples }: BadRows, { badRows, maxBad }: Reading): void {
  const most = badRows === 'fail' ? 0 : allowed(maxBad, rows)
  if (bad <= most) return
  const share = ((100 * bad) / Math.max(1, rows)).toFixed(2)
  const limit = badRows === 'fail' ? '--bad-rows fail' : '--max-bad'
  throw new CustError(
    'input',
    `${wholeText(bad)} of ${wholeText(rows)} rows (${share} %) cannot be read: more than ${limit} allows`,
    [...examples, 'mend them, allow more with --max-bad, or write them to a file with --rejects <file>'].join(
      '\n',
    ),
  )
}

function allowed(maxBad: Reading['maxBad'], rows: number): number {
  if (maxBad === undefined) return Number.POSITIVE_INFINITY
  return 'rows' in maxBad ? maxBad.rows : maxBad.share * rows
}

/** The rejects as a table: where, why, and as it is written. */
export function rejectsReport(rejects: readonly RejectLook[]): Report {
  const title = (en: string) => ({ en, zh: en })
  const text = (key: string, values: readonly string[]) => ({
    key,
    unit: 'text' as const,
    title: title(key),
    values,
  })
  const number = (key: string, values: Float64Array) => ({
    key,
    unit: 'count' as const,
    title: title(key),
    values,
  })
  const columns = [
    text(
      'file',
      rejects.map(({ path }) => path),
    ),
    number(
      'line',
      Float64Array.from(rejects, ({ line }) => line),
    ),
    number(
      'field',
      Float64Array.from(rejects, ({ column }) => column ?? Number.NaN),
    ),
    text(
      'reason',
      rejects.map(({ reason }) => reason),
    ),
    text(
      'text',
      rejects.map((reject) => reject.text),
    ),
  ]
  return {
    title: '',
    sheets: [{ name: 'rejects', title: title('Rejected'), columns, length: rejects.length }],
  }
}
