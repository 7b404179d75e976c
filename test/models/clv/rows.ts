/** Histories written down row by row; gaps as if all of a customer were equal. */
import type { Histories } from '../../../src/models/clv/histories.ts'

export const rowsOf = (...rows: readonly (readonly [x: number, tx: number, T: number])[]): Histories => ({
  x: Float64Array.from(rows, ([x]) => x),
  tx: Float64Array.from(rows, ([, tx]) => tx),
  T: Float64Array.from(rows, ([, , T]) => T),
  logGaps: Float64Array.from(rows, ([x, tx]) => (x === 0 ? 0 : x * Math.log(tx / x))),
})
