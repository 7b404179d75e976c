/** Cells that name something: customers, orders, items. They are text, whatever they look like. */
import { join, type Sql, sql } from '../core/sql.ts'
import { plainlyTidy, SPACES, stripped, trimmedText, withValue } from './text.ts'

/** What keeps an id from a spreadsheet, `="0123"` and `'0123`, and quotes that a broken export left. */
const WRAPPED = `^(?:="([^"]*)"|"([^"]*)"|'(.*?)'?)$`
const wrapped = new RegExp(WRAPPED, 's')
const OPEN = `^[^="'${SPACES}](?:.*[^${SPACES}])?$`

/** The id itself: without what surrounds or wraps it; undefined when nothing is left. */
export function readId(value: string): string | undefined {
  const id = trimmedText(trimmedText(value).replace(wrapped, '$1$2$3'))
  return id === '' ? undefined : id
}

/** An id of capital letters and digits, as numbers of persons, companies and places are: NFKC, without white space. */
export function readCode(value: string): string {
  const code = (readId(value) ?? '').normalize('NFKC').toUpperCase()
  return code.replace(/\s/g, '')
}

/** Is the value the id as it stands? It has no white space around it. */
export const isBareId = (value: string): boolean => !/^[="']/.test(value)

/** `readId` for a text column; NULL when nothing is left. Nearly all ids are told to be bare by their ends. */
export function idSql(text: Sql): Sql {
  const bare = withValue(stripped(text), 'id', (id) =>
    stripped(sql`regexp_replace(${id}, ${WRAPPED}, ${'\\1\\2\\3'}, 's')`),
  )
  return sql`case when ${isBare(text)} then ${text} when regexp_matches(${text}, ${OPEN}, 's') then ${text}
    else ${bare} end`
}

/** The id of a column that is believed to hold bare ids: anything else but a blank is `otherwise`. */
export function strictIdSql(text: Sql, otherwise: Sql): Sql {
  return sql`case when ${isBare(text)} or regexp_matches(${text}, ${OPEN}, 's') then ${text}
    when ${text} <> '' then ${otherwise} end`
}

function isBare(text: Sql): Sql {
  const unwrapped = ['=', "'", '"'].map((mark) => sql`not prefix(${text}, ${mark})`)
  return sql`${plainlyTidy(text)} and ${join(unwrapped, ' and ')}`
}

// Ids that are none ----------------------------------------------------------------------------

/** `##密文`, `$$1380000****`, `1******6198`, `测试**`, `张*`; but 麻辣烫*1 is one bowl, and 2*可乐 are two. */
const MASKED = '^##|^\\$\\$|[*＊•●]{2,}|[\u4e00-\u9fff][*＊](?:[^0-9]|$)|(?:^|[^0-9])[*＊][\u4e00-\u9fff]'
const masked = new RegExp(MASKED, 'u')

/** Does the value hide the real one? Then many may share it: it is no key. */
export function isMasked(value: string): boolean {
  return masked.test(trimmedText(value))
}

/** `isMasked` for a text column. */
export function maskedSql(text: Sql): Sql {
  return sql`regexp_matches(${stripped(text)}, ${MASKED})`
}

const WORDS = [
  ...[
    'null',
    'nan',
    'na',
    'n/a',
    '#n/a',
    'nil',
    'none',
    '\\n',
    'undefined',
    '(not set)',
    '(blank)',
    '(none)',
  ],
  ...[
    'unknown',
    'anonymous',
    'guest',
    '无',
    '匿名',
    '匿名用户',
    '匿名买家',
    '游客',
    '未知',
    '空',
    '暂无',
    '不详',
    '未填写',
  ],
  ...['n.a.', '(null)', '<null>', '(empty)', '無', '暫無', '不詳', '未填寫', '遊客', '匿名用戶', '匿名買家'],
  ...['空白', '(no value)', '(no owner)', '-none-', '--none--', 'k.a.', 'k. a.', 'keine angabe'],
]

function placeholderPattern(also: readonly string[]): string {
  const words = [...WORDS, ...also].map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return `^[${SPACES}]*(?:${words.join('|')}|[-–—]+|[/／]{1,2}|guest@[^@]*)[${SPACES}]*$`
}

const compiled = new Map<string, RegExp>()

/** Does the value stand for none? `also`: what else does in this column, such as 0 for guests. */
export function isPlaceholder(value: string, also: readonly string[] = []): boolean {
  const key = also.join('\u0000')
  const regexp = compiled.get(key) ?? new RegExp(placeholderPattern(also), 'iu')
  compiled.set(key, regexp)
  return regexp.test(value)
}

/** `isPlaceholder` for a text column. */
export function placeholderSql(text: Sql, also: readonly string[] = []): Sql {
  return sql`regexp_matches(${text}, ${placeholderPattern(also)}, 'i')`
}

const DAMAGED = '^[1-9](?:[.,][0-9]+)?E\\+[0-9]{2}$'
const damaged = new RegExp(DAMAGED)

/** Has a spreadsheet made a number of the id, and lost its last digits? */
export function isDamagedId(value: string): boolean {
  return damaged.test(trimmedText(value))
}

/** `isDamagedId` for a text column. */
export const damagedIdSql = (text: Sql): Sql =>
  sql`(contains(${text}, 'E+') and regexp_matches(${stripped(text)}, ${DAMAGED}))`
