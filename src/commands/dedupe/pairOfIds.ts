/** `--explain ID1 ID2`. */
import { CustError } from '../../core/errors.ts'

export function idsOf(given: readonly string[]): readonly [string, string] {
  const ids = given
    .flatMap((each) => (given.length === 2 ? [each] : each.split(',')))
    .map((each) => each.trim())
  if (ids.length === 2) return ids as [string, string]
  throw new CustError('usage', `--explain needs two ids, not ${ids.length}`, 'write them as ID1,ID2')
}
