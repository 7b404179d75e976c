/** What may be wrong with a text, whatever its column means. */
import type { Look } from '../../core/look.ts'
import { sql } from '../../core/sql.ts'
import { damagedIdSql, isDamagedId } from '../../fields/id.ts'
import type { Seen } from '../../fields/seen.ts'
import { isBlank, isTidy, plainText } from '../../fields/text.ts'
import { type Check, isOneOf, type Severity } from './check.ts'
import type { Field } from './fields.ts'

interface Test {
  readonly rule: string
  readonly severity: Severity
  readonly en: string
  readonly zh: string
  readonly is: (value: string, field: Field) => boolean
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** UTF-8 read as Windows-1252, and what stands for bytes that are no character. */
const GARBLED =
  /Ã[\u0080-\u00bf„–œŸ©¼¶¤±³¡¨§ª­]|â€[™œ\u009d“”¦]|\ufffd|锟斤拷|ï»¿|å[\u0080-\u00bf][\u0080-\u00bf]/
/** A formula that a spreadsheet runs: not a sign before a number, nor a name on a network. */
const FORMULA =
  /^[=@][A-Za-z][A-Za-z0-9.]*\(|^[+-][A-Za-z][A-Za-z0-9.]*\(|^=(?!")[^=\s]|^[=+@-].*(?:\||!)[A-Z]/
const WIDE = /[０-９Ａ-Ｚａ-ｚ]/

const tests: readonly Test[] = [
  {
    rule: 'blanks_around',
    severity: 'warning',
    en: 'white space before or after the value',
    zh: '首尾有空白字符',
    is: (value) => !isBlank(value) && !isTidy(value),
  },
  {
    rule: 'wide_characters',
    severity: 'warning',
    en: 'full-width letters or digits',
    zh: '含全角字母或数字',
    is: (value, { meaning, reading, isName }) =>
      WIDE.test(value) && (isName || reading !== undefined || meaning === 'email'),
  },
  {
    rule: 'control_characters',
    severity: 'warning',
    en: 'control characters',
    zh: '含控制字符',
    is: (value) => CONTROL.test(value.trim()),
  },
  {
    rule: 'garbled',
    severity: 'warning',
    en: 'letters that were decoded wrongly before: export again as UTF-8',
    zh: '写入前已乱码，请以 UTF-8 重新导出',
    is: (value) => GARBLED.test(value),
  },
  {
    rule: 'formula',
    severity: 'warning',
    en: 'a spreadsheet would run it as a formula',
    zh: '电子表格会把它当公式执行',
    is: (value) => FORMULA.test(plainText(value)) && !/^="[^"]*"$/.test(value.trim()),
  },
]

/** Of every column, from its values that are oddly written. */
export function textChecks(fields: readonly Field[], look: Look): Check[] {
  return fields.flatMap((field) => [
    ...swallowed(field, fields.length, look),
    ...tests.flatMap((test) => found(field, test)),
    ...placeholders(field),
    ...masks(field),
    ...roundings(field),
  ])
}

/** A quote that was opened by mistake: the lines between it and the next one are rows by themselves. */
function swallowed(field: Field, width: number, { files }: Look): Check[] {
  const delimiters = new Set(files.flatMap(({ delimiter }) => delimiter ?? []))
  if (width < 2 || delimiters.size === 0) return []
  const isRow = (line: string) => [...delimiters].some((each) => line.split(each).length === width)
  const values = within(field, ({ value }) => {
    const between = value.split(/\r\n?|\n/).slice(1, -1)
    return between.length > 0 && between.every(isRow)
  })
  if (values.length === 0) return []
  return [
    {
      rule: 'stray_quote',
      severity: 'error',
      dimension: 'validity',
      columns: [field.header],
      en: 'a quote opened here by mistake has swallowed the rows below',
      zh: '此处多余的引号吞掉了后面的行',
      fails: isOneOf(field.cell, values),
    },
  ]
}

const within = (field: Field, test: (seen: Seen) => boolean): string[] =>
  field.suspects.filter(test).map(({ value }) => value)

function found(field: Field, { rule, severity, en, zh, is }: Test): Check[] {
  const { header, cell, nothing, masked } = field
  // A cell without a value is no value that is wrong.
  const none = new Set([...nothing, ...masked])
  const values = within(field, ({ value }) => is(value, field) && !none.has(value))
  if (values.length === 0) return []
  return [{ rule, severity, dimension: 'validity', columns: [header], en, zh, fails: isOneOf(cell, values) }]
}

/** What somebody waits for where it is not there. Names may be such words, and so may notes. */
const MISSED = new Set<Field['meaning']>(['email', 'phone', 'resident', 'company number', 'id', 'postcode'])

/** Words that stand for no value, such as N/A. Of a column of words they may be one of its words. */
function placeholders(field: Field): Check[] {
  const values = field.nothing.filter((value) => !isBlank(value))
  if (values.length === 0) return []
  const isWord = field.reading === undefined && !MISSED.has(field.meaning)
  return [
    {
      rule: 'placeholder',
      severity: isWord ? 'note' : 'warning',
      dimension: 'completeness',
      columns: [field.header],
      tested: sql`(${field.cell} is not null)`,
      en: 'a word that stands for no value',
      zh: '占位文字，视为空值',
      fails: isOneOf(field.cell, values),
    },
  ]
}

/** An id of which a spreadsheet has kept six digits: many rows look as if they had the same one. */
function roundings({ seen, cell, header, meaning, role, look }: Field): Check[] {
  const isId = meaning === 'id' || (role !== undefined && IDS.includes(role))
  if (!(isId || look?.type === 'id') || !seen.some(({ value }) => isDamagedId(value))) return []
  return [
    {
      rule: 'rounded_id',
      severity: isId ? 'error' : 'warning',
      dimension: 'validity',
      columns: [header],
      tested: sql`(${cell} is not null)`,
      en: 'a spreadsheet has rounded the id: its last digits are lost, export it again as text',
      zh: '编号被表格软件改成科学计数法，末尾数字已丢失，请以文本格式重新导出',
      fails: damagedIdSql(cell),
    },
  ]
}

const IDS: readonly Field['role'][] = ['order', 'customer', 'item']

function masks(field: Field): Check[] {
  if (field.masked.length === 0) return []
  return [
    {
      rule: 'masked',
      severity: 'warning',
      dimension: 'completeness',
      columns: [field.header],
      tested: sql`(${field.cell} is not null)`,
      en: 'masked: the real value is hidden, so that many may share it',
      zh: '已脱敏，看不到真实值，不同的人可能相同',
      fails: isOneOf(field.cell, field.masked),
    },
  ]
}
