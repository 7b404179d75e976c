import { describe, expect, test } from 'vitest'
import { recognise, statusSql } from '../../src/fields/status.ts'
import { throughSql } from './cells.ts'

const known: Record<string, string | null> = {
  paid: 'paid',
  ' Completed ': 'paid',
  partially_refunded: 'paid',
  'Partially Refunded': 'paid',
  交易成功: 'paid',
  '卖家已发货，等待买家确认': 'paid',
  pending: 'unpaid',
  'on-hold': 'unpaid',
  等待买家付款: 'unpaid',
  Canceled: 'cancelled',
  voided: 'cancelled',
  交易关闭: 'cancelled',
  refunded: 'refunded',
  退款成功: 'refunded',
  退款: 'refunded',
  perhaps: null,
  '': null,
}

describe('status words', () => {
  const texts = Object.keys(known)

  test('SQL knows the words of the systems, whatever their case and separators', async () => {
    const read = await throughSql(texts, (text) => statusSql(text))
    expect(Object.fromEntries(texts.map((text, i) => [text, read[i]]))).toEqual(known)
  })

  test('a sample is judged by the same words', () => {
    for (const [text, status] of Object.entries(known)) {
      if (text !== '') expect([text, recognise([text]).share]).toEqual([text, status === null ? 0 : 1])
    }
    expect(recognise(['paid', 'perhaps', 'perhaps', ''])).toEqual({ share: 1 / 3, unknown: ['perhaps'] })
  })

  test('the user says which words are paid: all others do not count', async () => {
    const read = await throughSql(['Sent', 'paid', 'refunded', 'cancelled', 'perhaps', '', null], (text) =>
      statusSql(text, { paid: ['sent'] }),
    )
    expect(read).toEqual(['paid', 'unpaid', 'refunded', 'cancelled', 'unpaid', null, null])
  })

  test('knowing all words of a column changes nothing', async () => {
    const words = [...texts, 'Sent', 'perhaps', 'Test']
    for (const given of [
      {},
      { paid: ['sent'] },
      { excluded: ['test', 'paid'] },
      { paid: ['sent'], excluded: ['sent'] },
    ]) {
      const read = await throughSql([...words, null], (text) => statusSql(text, given))
      expect(await throughSql([...words, null], (text) => statusSql(text, given, words))).toEqual(read)
    }
  })

  test('the user says which words are out', async () => {
    const read = await throughSql(['Test', 'paid', 'perhaps'], (text) =>
      statusSql(text, { excluded: ['test'] }),
    )
    expect(read).toEqual(['cancelled', 'paid', null])
  })

  test('other languages, with accents and without', async () => {
    const read = await throughSql(
      [
        'Bezahlt',
        'pendiente de pago',
        'Annulée',
        'REMBOURSE',
        'Spedito',
        'geannuleerd',
        'zwrócone',
        'concluído',
      ],
      (text) => statusSql(text),
    )
    expect(read).toEqual([
      ...['paid', 'unpaid', 'cancelled', 'refunded', 'paid', 'cancelled', 'refunded', 'paid'],
    ])
  })
})
