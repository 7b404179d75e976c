/** Where the time of the data is divided: models see the first part and are judged by the second. */
import { formatDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import type { Purchases } from '../../core/purchases.ts'

interface Divided {
  readonly purchases: Pick<Purchases, 'start' | 'day'>
  readonly first: number
  readonly end: number
}

/** The last day of the calibration, or why there is none; nothing where none was wanted. */
export type Calibration = { readonly until: number } | { readonly why: string | undefined }

/** Eight weeks on either side are the least that says anything. */
const SHORTEST = 112
const FEW_REPEATS = 10

/** Throws CustError('usage') for a day that was asked for and leaves nothing to fit, or nothing to judge by. */
export function calibrationOf(data: Divided, wanted: 'auto' | 'off' | number): Calibration {
  const { first, end } = data
  if (wanted === 'off') return { why: undefined }
  const least = enoughOn(data)
  if (wanted !== 'auto') {
    if (least !== undefined && wanted >= least && wanted < end) return { until: wanted }
    throw useless(wanted, least, end)
  }
  if (end - first < SHORTEST) return { why: `the data go over fewer than ${SHORTEST} days` }
  const until = Math.floor((first + end) / 2)
  if (least !== undefined && until >= least) return { until }
  return { why: `fewer than ${FEW_REPEATS} customers had bought again by ${formatDay(until)}` }
}

/** The day by which enough customers had bought again; undefined where they never did. */
function enoughOn({ purchases: { start, day } }: Divided): number | undefined {
  const again: number[] = []
  for (let customer = 0; customer < start.length - 1; customer++) {
    const second = (start[customer] as number) + 1
    if (second < (start[customer + 1] as number)) again.push(day[second] as number)
  }
  return Int32Array.from(again).sort()[FEW_REPEATS - 1]
}

function useless(wanted: number, least: number | undefined, end: number): CustError {
  const what =
    wanted >= end
      ? `nothing to judge by: observation ends on ${formatDay(end)}`
      : `too little to fit: fewer than ${FEW_REPEATS} customers had bought again by then`
  const hint =
    least !== undefined && least < end
      ? `a day from ${formatDay(least)} to ${formatDay(end - 1)} does`
      : `no day does, as fewer than ${FEW_REPEATS} customers bought again: use --holdout off`
  return new CustError('usage', `--holdout ${formatDay(wanted)} leaves ${what}`, hint)
}
