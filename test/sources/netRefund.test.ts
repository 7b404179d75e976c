import { describe, expect, test } from 'vitest'
import { withoutNetRefund } from '../../src/sources/netRefund.ts'
import type { Cast } from '../../src/sources/roles.ts'
import type { Source } from '../../src/sources/source.ts'

const HEADERS = ['order', 'total', 'paid', 'refunded']
const CAST: Cast = {
  order: { header: 'order', how: 'header' },
  amount: { header: 'paid', how: 'header' },
  refund: { header: 'refunded', how: 'header' },
}

function judged(rows: readonly string[], cast = CAST) {
  const told: string[] = []
  const source = {
    headers: HEADERS,
    rows: rows.map((row, i) => ({ cells: row.split(' '), line: i + 2 })),
  } as unknown as Source
  return { cast: withoutNetRefund(cast, [source], (line) => told.push(line)), told }
}

describe('a refund that is taken off already', () => {
  const NET = ['1 50.00 50.00 0', '2 327.70 148.90 178.80', '3 64.80 0 64.80', '4 ¥1,002.00 ¥64.00 ¥938.00']

  test('is told by a column that is both together, and not taken off again', () => {
    const { cast, told } = judged(NET)
    expect(cast).toEqual({ order: CAST.order, amount: CAST.amount })
    expect(told).toEqual(['refunded is taken off paid already, as both make total: not taken off again'])
  })

  test('stays one where the amount is what was paid at first, and in one row against', () => {
    expect(judged(['1 50 50 0', '2 90 80 10', '3 64 64 64', '4 70 70 20']).cast).toEqual(CAST)
    expect(judged([...NET, '5 80 80 20']).cast).toEqual(CAST)
  })

  test('stays one where too few rows tell, and where the user names it', () => {
    expect(judged(NET.slice(0, 3)).cast).toEqual(CAST)
    const named: Cast = { ...CAST, refund: { header: 'refunded', how: 'named' } }
    expect(judged(NET, named)).toEqual({ cast: named, told: [] })
  })
})
