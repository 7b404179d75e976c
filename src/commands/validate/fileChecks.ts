/** What is wrong with the file as a whole: records that are no rows, its header, columns that say nothing. */
import type { RejectLook } from '../../core/look.ts'
import type { Records, RecordsFile } from '../../core/records.ts'
import type { Dimension, Finding, Said, Severity } from './check.ts'
import type { Field } from './fields.ts'
import { clipped, rangesOf } from './findings.ts'
import type { Measures } from './measure.ts'

export function fileFindings(records: Records, rows: number): Finding[] {
  return [
    ...(rows === 0 ? [noRows()] : []),
    ...records.files.flatMap((file) => findingsOf(file, records.files.length > 1)),
  ]
}

const noRows = (): Finding => ({
  ...{ rule: 'no_rows', severity: 'error', dimension: 'completeness', column: undefined },
  ...{ count: 1, share: 1, lines: '', examples: [] },
  ...{ en: 'the file has no rows', zh: '文件没有数据行' },
})

interface Found extends Said {
  readonly rule: string
  readonly severity: Severity
  readonly dimension: Dimension
  readonly lines: readonly number[]
  readonly count: number
  readonly values: readonly string[]
  readonly column?: string
}

function findingsOf(file: RecordsFile, several: boolean): Finding[] {
  const told = ({ lines, values, count, column, ...said }: Found): Finding => ({
    ...said,
    column,
    count,
    share: Number.NaN,
    lines: `${several ? `${file.path}:` : ''}${rangesOf(lines, lines.length < count && said.rule !== 'duplicate_header')}`,
    examples: values.map((value, i) => ({
      file: file.path,
      line: lines[i] ?? lines[0],
      value: clipped(value),
    })),
  })
  return [...headers(file), ...broken(file), ...emptyRows(file)].map(told)
}

// The header -----------------------------------------------------------------------------------------

function headers({ written, headers: names, headerLine }: RecordsFile): Found[] {
  const lines = headerLine ? [headerLine] : []
  const counts = new Map<string, number>()
  for (const header of written) counts.set(header.trim(), (counts.get(header.trim()) ?? 0) + 1)
  const twice = [...counts].filter(([header, count]) => header !== '' && count > 1)
  const shared = { severity: 'error', dimension: 'consistency', lines } as const
  const duplicate = twice.map(([header, count]): Found => {
    const as = names.filter((_, i) => written[i]?.trim() === header)
    return {
      ...shared,
      ...{ rule: 'duplicate_header', column: header, count },
      values: [as.join(', ')],
      en: `there ${count} times, read as ${as.join(', ')}`,
      zh: `表头重复 ${count} 次，分别读作 ${as.join('、')}`,
    }
  })
  const alike = names.flatMap((as, i): Found[] => {
    const header = (written[i] ?? '').trim()
    if (headerLine === 0 || counts.get(header) !== 1 || as === header) return []
    if (
      !written.some((other) => other.trim() !== header && other.trim().toLowerCase() === header.toLowerCase())
    )
      return []
    return [
      {
        ...{ rule: 'similar_header', severity: 'warning', dimension: 'consistency', lines },
        ...{ column: header, count: 1, values: [as] },
        en: `differs from another header only by case, read as ${as}`,
        zh: `与另一表头仅大小写不同，读作 ${as}`,
      },
    ]
  })
  const told = [...duplicate, ...alike]
  const blank = names.filter((_, i) => (written[i] ?? '').trim() === '')
  if (blank.length === 0 || headerLine === 0) return told
  const places = names.flatMap((header, i) => (blank.includes(header) ? [`#${i + 1}`] : []))
  const empty: Found = {
    ...shared,
    ...{ rule: 'empty_header', severity: 'warning', count: blank.length, values: [blank.join(', ')] },
    en: `columns without a name: ${places.join(', ')}`,
    zh: `没有名称的列：${places.join('、')}`,
  }
  return [...told, empty]
}

// Records --------------------------------------------------------------------------------------------

const reasons: readonly (readonly [test: RegExp, rule: string, said: Said])[] = [
  [/fields, header has/, 'ragged', { en: 'more or fewer fields than the header', zh: '字段数与表头不一致' }],
  [
    /quote that is not closed/,
    'stray_quote',
    {
      en: 'a quote that is opened and not closed: it would swallow the lines below',
      zh: '引号未闭合，会吞掉后面的行',
    },
  ],
  [
    /text after a closing quote/,
    'text_after_quote',
    { en: 'text after a closing quote', zh: '引号闭合后还有文字' },
  ],
  [
    /bytes that|NUL/,
    'damaged',
    { en: 'bytes that are no characters of the encoding', zh: '含有编码无法识别的字节' },
  ],
]

function broken({ rejects }: RecordsFile): Found[] {
  const kinds = new Map<string, { said: Said; rejects: RejectLook[] }>()
  for (const reject of rejects) {
    const [, rule, said] =
      reasons.find(([test]) => test.test(reject.reason)) ??
      ([
        ...[/(?:)/, 'unusable'],
        { en: 'a record that cannot be used', zh: '无法使用的记录' },
      ] as unknown as (typeof reasons)[number])
    const kind = kinds.get(rule) ?? { said, rejects: [] }
    kind.rejects.push(reject)
    kinds.set(rule, kind)
  }
  return [...kinds].map(
    ([rule, { said, rejects: found }]): Found => ({
      ...said,
      ...{ rule, severity: 'error', dimension: 'consistency', count: found.length },
      lines: found.slice(0, 1000).map(({ line }) => line),
      values: found.slice(0, 5).map(({ reason, text }) => `${reason}: ${text}`),
    }),
  )
}

/** The rule that a record which is no row breaks. */
export const ruleOfReject = ({ reason }: RejectLook): string =>
  reasons.find(([test]) => test.test(reason))?.[1] ?? 'unusable'

function emptyRows({ emptyRows: count, emptyLines }: RecordsFile): Found[] {
  if (count === 0) return []
  const en = count === 1 ? 'an empty row, passed over' : 'empty rows, passed over'
  return [
    {
      ...{
        rule: 'empty_row',
        severity: 'warning',
        dimension: 'completeness',
        count,
        lines: emptyLines,
        values: [],
      },
      ...{ en, zh: '整行为空，已跳过' },
    },
  ]
}

// Columns --------------------------------------------------------------------------------------------

/** Columns of which so many rows are known. */
const ENOUGH_ROWS = 10

export function columnFindings(
  fields: readonly Field[],
  { rows, filled }: Measures,
  constant: readonly Field[],
): Finding[] {
  const empty =
    rows < 1 ? [] : fields.filter(({ header, masked }) => filled.get(header) === 0 && masked.length === 0)
  const of = (some: readonly Field[], rule: string, [en, zh]: readonly [string, string]): Finding[] => {
    if (some.length === 0) return []
    const names = some.map(({ header }) => header.trim())
    return [
      {
        ...{
          rule,
          severity: 'note',
          dimension: 'completeness',
          count: some.length,
          share: Number.NaN,
          lines: '',
        },
        column: some.length === 1 ? names[0] : undefined,
        examples: [],
        en: some.length === 1 ? en : `${en}: ${listed(names)}`,
        zh: some.length === 1 ? zh : `${zh}：${listed(names)}`,
      },
    ]
  }
  return [
    ...of(empty, 'empty_column', ['no row has a value', '整列为空']),
    ...(rows < ENOUGH_ROWS
      ? []
      : of(constant, 'constant_column', ['every row has the same value', '整列取值相同'])),
  ]
}

const MOST_LISTED = 8
const listed = (names: readonly string[]): string =>
  names.slice(0, MOST_LISTED).join(', ') +
  (names.length > MOST_LISTED ? ` (+${names.length - MOST_LISTED})` : '')
