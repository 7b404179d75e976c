import { expect, test } from 'vitest'
import { areEmails, emailIdSql } from '../../src/fields/emailId.ts'
import { readPhone } from '../../src/fields/phone.ts'
import { phoneIdSql, phoneIdsOf } from '../../src/fields/phoneId.ts'
import { seenIn } from '../../src/fields/seen.ts'
import { throughSql } from './cells.ts'

/** The ids of telephone numbers, as those of a column that `like` shows. */
function idsOf(texts: readonly string[], like: readonly string[], international = false) {
  const ids = phoneIdsOf('phone', seenIn(like))
  if (ids === undefined) throw new Error('no column of telephone numbers')
  return throughSql(texts, (text) => phoneIdSql(text, { ...ids, international }))
}

const columns = {
  CN: ['13812345678', '139 0000 1111', '010-62345678', '15900001234', '18612345678', '13700002222'],
  GB: ['07911 123456', '07400 123456', '020 7946 0018', '+44 7911 123457', '0161 496 0123'],
  DE: ['0176 12345678', '030 1234567', '+49 89 1234567', '0151/23456789', '040 7654321'],
  US: ['(212) 736-5000', '415-781-2671', '+1 650 253 0000', '2127365001', '312.263.0142'],
  IT: ['06 1234 5678', '347 123 4567', '+39 02 1234567', '02 7654321', '333 765 4321'],
} as const

test.each(Object.entries(columns))(
  '%s: whatever is written is the number that it is read as',
  async (country, like) => {
    const ways = like.flatMap((text) => {
      const e164 = readPhone(text, country)?.e164 ?? ''
      const spaced = e164.replace(/(\d{3})(?=\d)/g, '$1 ')
      return [
        text,
        e164,
        spaced,
        e164.replace('+', '00'),
        ` ${text.replace(/[ /]/g, '-')}`,
        `"${text}"`,
        `tel: ${e164}`,
      ]
    })
    const read = ways.map((way) => readPhone(way.replaceAll('"', ''), country)?.e164)
    expect(new Set(read).size).toBe(like.length)
    expect(await idsOf(ways, like, true)).toEqual(read)
    const local = await idsOf(ways, like)
    expect(new Set(local).size).toBe(like.length)
    expect(local.map((id) => readPhone(id ?? '', country)?.e164)).toEqual(read)
  },
)

test('at home a number is written as it is dialled there', async () => {
  expect(await idsOf(['+86 138-1234-5678', '+86 10 62345678', '８６ 13812345678'], columns.CN)).toEqual([
    ...['13812345678', '01062345678', '13812345678'],
  ])
  expect(await idsOf(['+44 (0)7911 123456'], columns.GB)).toEqual(['07911123456'])
  expect(await idsOf(['+1 212 555 0123', '1-212-555-0123'], columns.US)).toEqual(['2125550123', '2125550123'])
})

test('what is no number of one person stays as it stands', async () => {
  const texts = [
    ...['13812345678/13912345678', '138****5678', 'C-1001', '0755-88888888-801', '6234', '62345678', ''],
    '+86 138 1234 5678 ext 5',
  ]
  expect(await idsOf(texts, columns.CN)).toEqual(texts.map((text) => text || null))
  expect(await idsOf(['+44 7911 123456', '0044 7911-123456'], columns.CN)).toEqual([
    '+447911123456',
    '+447911123456',
  ])
})

test('columns of other things are none', () => {
  const ids = (header: string, ...values: string[]) => phoneIdsOf(header, seenIn(values)) !== undefined
  expect(ids('customer_id', '2125550123', '4155552671')).toBe(false)
  expect(ids('customer_id', 'C-1', 'C-2')).toBe(false)
  expect(ids('会员号', '138 1234 5678', '13900001111')).toBe(true)
})

test('addresses differ by more than case and blanks', async () => {
  const texts = ['Ann@Shop.com', ' ann @shop.com ', 'ann@shop.com', '@Ann', 'C001', 'ANN＠SHOP．COM']
  expect(await throughSql(texts, emailIdSql)).toEqual([
    ...['ann@shop.com', 'ann@shop.com', 'ann@shop.com', '@Ann', 'C001', 'ann@shop.com'],
  ])
  expect(areEmails(seenIn(['a@b.de', 'C001', 'c@d.de']))).toBe(true)
  expect(areEmails(seenIn(['@ann', '@bob']))).toBe(false)
})
