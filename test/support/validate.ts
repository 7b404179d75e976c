/** Runs `cust validate` over files of text, as the program opens them. */
import spec from '../../src/commands/validate/index.ts'
import { run } from '../../src/commands/validate/run.ts'
import type { Input, Rows } from '../../src/core/command.ts'
import { parseDay } from '../../src/core/days.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Columns } from '../../src/core/report.ts'
import { join, name, sql } from '../../src/core/sql.ts'
import { type Texts, textList } from '../../src/core/texts.ts'
import { Irregular } from '../../src/sources/irregular.ts'
import { readSettings } from '../../src/sources/settings.ts'
import { type Given, type Inputs, inputs } from '../sources/inputs.ts'

type Gives = (typeof spec)['gives']
export type ValidateOptions = OptionValues<(typeof spec)['options']>

/** A file of rules, as the program reads it. */
export const settings = (text: string) => readSettings('rules.yaml', text)

export interface Finding {
  readonly severity: string
  readonly rule: string
  readonly column: string | null
  readonly count: number
  readonly lines: string | null
  readonly example: string | null
}

export interface Ran {
  readonly findings: readonly Finding[]
  /** `error email mail 2: 3, 9`. */
  readonly told: readonly string[]
  readonly found: string | undefined
  /** What the run says beside its answer. */
  readonly notes: readonly string[]
  readonly json: unknown
  sheet<K extends keyof Gives>(name: K): Columns<Gives[K]>
  score(column: string | null): Readonly<Record<string, number | string | null>>
  saved(option: string): string
  /** The rows of a saved file, every cell as text. */
  readonly rows: Readonly<Record<string, readonly (readonly (string | null)[])[]>>
}

export async function validated(
  text: string | Buffer,
  options: Partial<ValidateOptions> = {},
  { others = {}, ...given }: Given & { readonly others?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const files = await inputs()
  try {
    for (const [file, content] of Object.entries(others)) files.write(file, content)
    files.write('table.csv', text)
    try {
      return await ranOver(files, options, given)
    } catch (error) {
      if (!(error instanceof Irregular)) throw error
      return await ranOver(files, options, { ...given, thorough: true })
    }
  } finally {
    files.close()
  }
}

async function ranOver(files: Inputs, options: Partial<ValidateOptions>, given: Given): Promise<Ran> {
  const opened = await files.open(['table.csv'], { needs: [], uses: [], ...given })
  const notes: string[] = []
  const input: Input = {
    lines: opened.table,
    linesOf: opened.linesOf,
    rows: opened.rows,
    records: opened.records,
    look: opened.look,
    today: parseDay('2026-01-01') as number,
    account: () => {},
    note: (line) => notes.push(line),
    warn: () => {},
    open: (path, columns) => files.columns([path], columns),
    pause: async () => {},
    helper: async () => undefined,
  }
  const defaults = Object.fromEntries(
    Object.entries(spec.options).map(([key, option]) => [key, option.default]),
  )
  const answer = await run(input, { ...(defaults as unknown as ValidateOptions), ...options })
  const rows: Record<string, (string | null)[][]> = {}
  for (const [option, saved] of Object.entries(answer.saves ?? {})) {
    if (typeof saved === 'object' && 'table' in saved) rows[option] = await rowsOf(saved)
  }
  const sheet = <K extends keyof Gives>(key: K): Columns<Gives[K]> => {
    const found = answer.sheets[key]
    if (typeof found === 'function' || 'absent' in found) throw new Error(`no sheet ${key}`)
    return found as unknown as Columns<Gives[K]>
  }
  const findings = findingsOf(sheet('findings'))
  return {
    findings,
    told: findings.map(({ severity, rule, column, count, lines }) =>
      [severity, rule, ...(column ? [column] : []), `${count}${lines ? `: ${lines}` : ''}`].join(' '),
    ),
    found: answer.found,
    notes,
    json: answer.json,
    sheet,
    score: (column) => rowOf(sheet('scores'), column),
    saved: (option) => String(answer.saves?.[option]),
    rows,
  }
}

async function rowsOf({ table }: Rows): Promise<(string | null)[][]> {
  const shape = Object.fromEntries(table.columns.map((_, i) => [`c${i}`, 'text' as const]))
  const selected = join(table.columns.map((column, i) => sql`${name(column)} as ${name(`c${i}`)}`))
  const found = await table.fetch(sql`select ${selected} from ${table.from} as answer`, shape, 'as read')
  return (found['c0'] ?? []).map((_, row) => table.columns.map((_, i) => found[`c${i}`]?.[row] ?? null))
}

function findingsOf(sheet: Columns<Gives['findings']>): Finding[] {
  const at = (texts: Texts) => textList(texts)
  const [severity, rule, column] = [at(sheet.severity), at(sheet.rule), at(sheet.column)]
  const [lines, example] = [at(sheet.lines), at(sheet.example)]
  return rule.map((each, i) => ({
    ...{ severity: severity[i] ?? '', rule: each ?? '', column: column[i] ?? null },
    ...{ count: sheet.count[i] ?? 0, lines: lines[i] ?? null, example: example[i] ?? null },
  }))
}

function rowOf(columns: Columns<Gives['scores']>, column: string | null) {
  const row = textList(columns.column).indexOf(column)
  const entries = Object.entries(columns).map(([key, values]) => {
    const list = ArrayBuffer.isView(values) ? [...(values as Float64Array)] : textList(values as Texts)
    const value = list[row] ?? null
    return [key, Number.isNaN(value) ? null : value] as const
  })
  return Object.fromEntries(entries)
}
