import { expect, test } from 'vitest'
import { formatDay } from '../../src/core/days.ts'
import { maskedResidentId, readResidentId, residentProblem } from '../../src/fields/residentId.ts'
import { chance } from './chance.ts'

// The two examples of GB 11643-1999.
test('the examples of the standard', () => {
  const woman = readResidentId('11010519491231002X')
  expect(woman).toMatchObject({ region: '110105', sex: 'female' })
  expect(formatDay(woman?.birth ?? 0)).toBe('1949-12-31')
  const man = readResidentId('440524188001010014')
  expect(man).toMatchObject({ region: '440524', sex: 'male' })
  expect(formatDay(man?.birth ?? 0)).toBe('1880-01-01')
})

test('fifteen digits become eighteen', () => {
  expect(readResidentId('110105491231002')?.id).toBe('11010519491231002X')
})

test('written in other ways', () => {
  const forms = [
    '11010519491231002x',
    ' 11010519491231002X\t',
    "'11010519491231002X",
    '="11010519491231002X"',
  ]
  const wide = ['１１０１０５１９４９１２３１００２Ｘ', '110105 19491231 002X']
  expect([...forms, ...wide].filter((form) => readResidentId(form)?.id !== '11010519491231002X')).toEqual([])
})

test('what is wrong is named', () => {
  const problems = {
    '11010519491231002': 'length',
    '110105********002X': 'length',
    '': 'length',
    '010105194912310020': 'region',
    '110105194913310022': 'birth date',
    '110105194902300022': 'birth date',
    '110105194912310021': 'check digit',
    '110105491331002': 'birth date',
  }
  expect(Object.fromEntries(Object.keys(problems).map((id) => [id, residentProblem(id)]))).toEqual(problems)
  expect(residentProblem('11010519491231002X')).toBeUndefined()
})

/** Check digit by its definition: ISO 7064 MOD 11-2, the number as a polynomial in 2. */
function isCongruent(id: string): boolean {
  const values = [...id].map((character) => (character === 'X' ? 10 : Number(character)))
  return values.reduce((sum, value) => (sum * 2 + value) % 11, 0) === 1
}

test('every changed digit and every swap of neighbours is found; the check is ISO 7064 MOD 11-2', () => {
  const { whole } = chance(3)
  for (let i = 0; i < 200; i++) {
    const birth = `${whole(1900, 2020)}${String(whole(1, 12)).padStart(2, '0')}${String(whole(1, 28)).padStart(2, '0')}`
    const body = `${whole(110000, 659999)}`.replace(
      /^(16|17|18|19|20|24|25|26|27|28|29|30|38|39|40|47|48|49|55|56|57|58|59|60)/,
      '11',
    )
    const short = `${body}${birth}${String(whole(0, 999)).padStart(3, '0')}`
    const id = [...'0123456789X'].map((check) => short + check).find(isCongruent) as string
    expect(readResidentId(id)?.id).toBe(id)
    for (let at = 0; at < 18; at++) {
      for (const other of '0123456789') {
        if (other !== id[at])
          expect(readResidentId(id.slice(0, at) + other + id.slice(at + 1))).toBeUndefined()
      }
      const [a, b] = [id[at], id[at + 1]]
      if (b !== undefined && a !== b)
        expect(readResidentId(id.slice(0, at) + b + a + id.slice(at + 2))).toBeUndefined()
    }
  }
})

test('reports hide the middle', () => {
  expect(maskedResidentId('11010519491231002X')).toBe('110105********002X')
  expect(maskedResidentId('110105491231002')).toBe('110105*****1002')
  expect(maskedResidentId('123')).toBe('***')
})
