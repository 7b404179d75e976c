import { expect, test } from 'vitest'
import { type Kind, kindOf } from '../../src/fields/kind.ts'
import { seenIn } from '../../src/fields/seen.ts'

const columns: readonly (readonly [Kind, readonly string[]])[] = [
  ['empty', []],
  ['empty', ['', ' ', '\u3000', 'N/A', '—']],
  ['boolean', ['TRUE', 'false', 'true', '']],
  ['boolean', ['是', '否']],
  ['boolean', ['Yes', 'yes']],
  ['integer', ['1', '0', '1']],
  ['integer', ['1,234', '7', '-3']],
  ['integer', ['45383', '45384']],
  ['integer', ['1704067200', '1704067201']],
  ['decimal', ['1.5', '2', '']],
  ['decimal', ['0.25', '1e-3']],
  ['money', ['$1,234.50', '5.00']],
  ['money', ['12元', '5元']],
  ['percent', ['12%', '12.5 %']],
  ['date', ['2024-01-02', '2024-01-03', 'N/A']],
  ['date', ['20240102', '20240103']],
  ['date', ['Jan 5, 2024', 'Feb 6, 2024']],
  ['datetime', ['2024-01-02 10:00:00', '2024-01-03T11:00:00Z']],
  ['email', ['a@example.com', 'b.c@example.co.uk', '']],
  ['url', ['https://example.com/a?b=c', 'www.example.org/x']],
  ['phone', ['+31881234567', '+31881234568']],
  ['phone', ['13812345678', '15912345678']],
  ['phone', ['(555) 123-4567', '555-123-4567']],
  ['phone', ['010-62345678', '021-52345678']],
  ['id', ['007', '12', '130']],
  ['id', ['2035153131473293579', '2035153131473293580']],
  ['id', ['="0123"', '="4567"']],
  ['id', ["'4567", "'4568"]],
  ['id', ['1.58E+18', '1.59E+18']],
  ['id', ['6917123456789', '6917123456790']],
  ['id', ['A-1001', 'A-1002', '#1003']],
  ['id', ['4f1c2e3a-0b1c-4d2e-8f3a-1b2c3d4e5f6a', '5f1c2e3a-0b1c-4d2e-8f3a-1b2c3d4e5f6b']],
  ['id', ['112-7654321-7654321', '113-7654321-7654322']],
  ['id', ['536365', 'C536366', 'A563185']],
  ['text', ['apple', 'pear']],
  ['text', ['S', 'M', 'L']],
  ['text', ['10-20', '20-30']],
  ['text', ['甲', '乙']],
  ['text', ['Size 5', 'Size 6', 'blue, 7 pieces']],
  ['text', ['10:30', 'noon']],
  ['text', ['paid', 'cancelled', 'paid']],
]

test.each(columns)('%s: %j', (kind, values) => {
  expect(kindOf(seenIn(values)).kind).toBe(kind)
})

test('a few strays do not change the kind, and are counted', () => {
  const found = kindOf([
    { value: '12.50', count: 95, line: 2 },
    { value: 'free', count: 5, line: 3 },
    { value: '', count: 900, line: 4 },
  ])
  expect(found).toMatchObject({ kind: 'decimal', share: 0.95, numbers: { decimal: '.' } })
  expect(kindOf(seenIn(['1', '2', 'x', 'y'])).kind).toBe('text')
  expect(kindOf(seenIn(['13/01/2024', '14/01/2024'])).dates).toMatchObject({ order: 'dmy' })
})
