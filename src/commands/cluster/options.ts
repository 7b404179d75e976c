/** What the flags of `cust cluster` alone mean. */
import { CustError } from '../../core/errors.ts'

const MOST = 50

/** A number of clusters, or `auto`. */
export function howMany(given: string): number | 'auto' {
  if (given === 'auto') return given
  const k = Number(given)
  if (/^\d+$/.test(given) && k >= 2 && k <= MOST) return k
  throw new CustError('usage', `"${given}" is not a number of clusters from 2 to ${MOST}, or auto`)
}
