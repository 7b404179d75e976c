import { expect, test } from 'vitest'
import { sexOfHonorific, withoutHonorific } from '../../src/fields/honorific.ts'

test.each([
  ['Mr John Smith', 'John Smith'],
  ['MRS. JANE SMITH', 'JANE SMITH'],
  ['Prof. Dr. Anna Weber', 'Anna Weber'],
  ['Smith, Ms. Jane', 'Smith, Jane'],
  ['Sra. María López', 'María López'],
  ['Miss J. Brown', 'J. Brown'],
  ['Sir', ''],
  ['Mr.', ''],
])('%s is written for %s', (written, name) => {
  expect(withoutHonorific(written)).toBe(name)
})

test.each(['Drew Misra', 'Smith, Sr., John', 'Mira Hon', 'JONES, M.S.', 'Ms2 Ltd', 'Smith, Dr'])(
  '%s has none that could be left out',
  (name) => {
    expect(withoutHonorific(name)).toBe(name)
  },
)

test('some are those of men, some those of women, some of either', () => {
  const all = [
    'Mr J Smith',
    'Mrs J Smith',
    'Smith, Miss Jo',
    'Dr. J Smith',
    'Frau Dr. Weber',
    'Jo Smith',
    'Ms',
  ]
  expect(all.map(sexOfHonorific)).toEqual([
    ...['male', 'female', 'female', undefined, 'female', undefined, 'female'],
  ])
})
