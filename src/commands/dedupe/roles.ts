/** What a column says of a customer, for matching: by its header, English or Chinese, and by what it holds. */
import { isMasked, isPlaceholder } from '../../fields/id.ts'
import type { Column } from './columns.ts'
import { sampleOf } from './columns.ts'

/**
 * `identity`: a number that only this customer has. `code`: postcodes and the like. `number`: a plain number.
 * `category`: one of a few words; `place`: one of many. `block`: finds pairs, but repeats what other columns say.
 */
export type MatchRole =
  | 'email'
  | 'phone'
  | 'date'
  | 'given'
  | 'surname'
  | 'name'
  | 'identity'
  | 'code'
  | 'number'
  | 'category'
  | 'place'
  | 'text'
  | 'block'
  | 'skip'

export const matchRoles = [
  'email',
  'phone',
  'date',
  'given',
  'surname',
  'name',
  'identity',
  'code',
  'number',
  'category',
  'place',
  'text',
  'block',
  'skip',
] as const satisfies readonly MatchRole[]

/** Shares of the filled cells. */
interface Profile {
  readonly filled: number
  readonly distinct: number
  readonly rows: number
  readonly email: number
  readonly date: number
  readonly number: number
  readonly phone: number
  readonly digit: number
  readonly address: number
  readonly words: number
  readonly length: number
}

const EMAIL = /^[^\s@]+[@＠][^\s@]+\.[^\s@]{2,}$/
const DATE =
  /^(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:19|20)\d{2}[01]\d[0-3]\d)(?:$|[ T])/
const NUMBER = /^[-+]?[\d,]+(?:\.\d+)?$/
const PHONE = /^[+(（]?[\d０-９][\d０-９\s().+（）-]{5,22}[\d０-９]$/
const CHINESE_ADDRESS = /[省市区县镇乡路街道号弄村室栋幢]/
const CJK = /[\u3400-\u9fff]/g

function profileOf(column: Column): Profile {
  const sums = {
    weight: 0,
    email: 0,
    date: 0,
    number: 0,
    phone: 0,
    digit: 0,
    address: 0,
    words: 0,
    length: 0,
  }
  for (const { word, count } of sampleOf(column)) {
    if (isPlaceholder(word) || isMasked(word)) continue
    const text = word.trim()
    const ideograms = text.match(CJK)?.length ?? 0
    sums.weight += count
    if (EMAIL.test(text)) sums.email += count
    if (DATE.test(text)) sums.date += count
    if (NUMBER.test(text)) sums.number += count
    if (PHONE.test(text)) sums.phone += count
    if (/\p{Nd}/u.test(text)) sums.digit += count
    if (ideograms > 4 && CHINESE_ADDRESS.test(text)) sums.address += count
    sums.words += count * Math.max(text.split(/\s+/).length, ideograms / 2)
    sums.length += count * (text.length + ideograms)
  }
  const { weight, ...rest } = sums
  const shares = Object.fromEntries(
    Object.entries(rest).map(([key, sum]) => [key, weight > 0 ? sum / weight : 0]),
  )
  const { filled, distinct, rows } = column
  return { filled: filled / Math.max(1, rows), distinct, rows: filled, ...shares } as Profile
}

// Headers ----------------------------------------------------------------------------------------------------

const HEADERS: Readonly<Record<string, RegExp>> = {
  identity:
    /soc.?sec|\bssn\b|social.?security|national.?(?:id|insurance)|\bnino?\b|passport|\btax.?(?:id|no|number)|\bvat\b|driver.?licen|身份证|护照|证件号|社会信用代码|税号|统一信用/,
  email: /e.?mail|邮箱|电邮|电子邮件/,
  phone: /phone|mobile|\btel\b|telephone|\bcell|\bfax|手机|电话|联系方式|whatsapp/,
  date: /\bdob\b|birth|生日|出生|\bdate\b|日期|\bborn\b/,
  given: /given|first.?name|fore.?name|\bfname|christian.?name|^first$|^名$|^vorname$|^prénom$/,
  surname: /surname|last.?name|family.?name|\blname|^last$|^姓$|姓氏|^nachname$/,
  name: /name|姓名|名称|客户|公司|收货人|联系人|company|organi[sz]ation|business|\bcontact\b/,
  code: /post.?code|\bzip|\bplz\b|邮编|邮政编码/,
  place:
    /city|town|suburb|\bstate|country|province|region|county|district|locality|城市|^市$|省|国家|地区|区县|^区$/,
  text: /address|street|\baddr|\broad\b|地址|住址|街道/,
  row: /(?:^|[\s_.-])(?:id|uuid|guid|key|no|nr|row|index|number|num|record)$|^(?:id|rec)|编号|序号|^id|行号/,
}

const headerSays = (kind: string, header: string): boolean => {
  const spaced = header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[_\-.]+/g, ' ')
  return HEADERS[kind]?.test(spaced) ?? false
}

/** The first rule that fits. */
export function roleOf(column: Column): MatchRole {
  const says = (kind: string) => headerSays(kind, column.header)
  const it = profileOf(column)
  if (it.filled < 0.05 || it.distinct < 2) return 'skip'
  if (it.email > 0.6 || (says('email') && it.email > 0.3)) return 'email'
  if (says('identity') && it.digit > 0.5) return 'identity'
  if (says('phone') && it.digit > 0.5) return 'phone'
  if (it.phone > 0.7 && it.number < 0.5 && it.date < 0.5) return 'phone'
  if ((says('date') && it.digit > 0.5) || (it.date > 0.8 && it.length >= 8)) return 'date'
  if (isRowId(column, it)) return 'skip'
  if (says('given')) return 'given'
  if (says('surname')) return 'surname'
  if (says('code')) return 'code'
  if (it.address > 0.5 || (says('text') && it.words > 1.3)) return 'text'
  const numeric = it.number > 0.8
  if (numeric && it.length >= 6 && it.distinct > 0.1 * it.rows) return 'code'
  if (numeric) return 'number'
  if (says('name') && !says('place')) return 'name'
  if (it.distinct < Math.max(30, Math.min(400, 0.02 * it.rows)) && it.words < 3.5) return 'category'
  if (says('place')) return 'place'
  if (it.digit > 0.8 && it.words < 1.6 && it.length < 16) return 'code'
  return it.words >= 1.8 || it.length > 18 ? 'text' : 'place'
}

/** Every row its own, or a number that only counts rows. */
function isRowId(column: Column, { distinct, rows, words, digit }: Profile): boolean {
  const unique = distinct === rows
  const named = headerSays('row', column.header)
  if (unique && words < 1.5 && (named || digit > 0.95)) return true
  return named && distinct > 0.5 * rows && countsUp(column)
}

function countsUp({ words, distinct }: Column): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const word of words) {
    if (!/^\d{1,15}$/.test(word.trim())) return false
    const value = Number(word)
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return most - least < 3 * distinct
}
