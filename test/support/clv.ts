/** Runs the clv command over lines in memory, with the options that differ from the defaults. */
import spec from '../../src/commands/clv/index.ts'
import { run } from '../../src/commands/clv/run.ts'
import type { Input } from '../../src/core/command.ts'
import { parseDay } from '../../src/core/days.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Absent, Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import { type Texts, textList } from '../../src/core/texts.ts'
import { duckdbLines, type Line } from './lines.ts'

export type ClvOptions = OptionValues<(typeof spec)['options']>

const defaults = Object.fromEntries(
  Object.entries(spec.options).map(([key, option]) => [key, option.default]),
) as unknown as ClvOptions

type Sheets = (typeof spec)['gives']

export interface Ran {
  readonly sheets: { readonly [K in keyof Sheets]: Columns<Sheets[K]> | Absent }
  readonly saves: Readonly<Record<string, string>>
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  readonly counted: Parameters<Input['account']>[0] | undefined
}

const nothing = () => Promise.reject(new Error('clv asks for lines only'))

export async function clvOver(lines: Table, options: Partial<ClvOptions>): Promise<Ran> {
  const [notes, warnings]: [string[], string[]] = [[], []]
  let counted: Ran['counted']
  const input: Input = {
    lines,
    today: parseDay('2026-01-01') as number,
    account: (given) => {
      counted = given
    },
    note: (line) => notes.push(line),
    warn: (line) => warnings.push(line),
    rows: nothing,
    look: nothing,
    open: nothing,
  }
  const answer = await run(input, { ...defaults, ...options })
  const sheets = Object.entries(answer.sheets).map(([name, given]) => {
    const columns: Record<string, unknown> = { ...(typeof given === 'function' ? given() : given) }
    const id = columns['customer_id']
    return [name, id === undefined ? columns : { ...columns, customer_id: textList(id as Texts) }]
  })
  return { sheets: Object.fromEntries(sheets), saves: answer.saves ?? {}, notes, warnings, counted } as Ran
}

export async function clv(lines: readonly Line[], options: Partial<ClvOptions> = {}): Promise<Ran> {
  const columns = Object.keys(lines[0] ?? {}).filter((column) => column !== 'problem')
  const { table, close } = await duckdbLines(lines, columns)
  try {
    return await clvOver(table, options)
  } finally {
    await close()
  }
}

/** A sheet of the answer that must be there. */
export function sheet<K extends keyof Sheets>({ sheets }: Ran, name: K): Columns<Sheets[K]> {
  const found = sheets[name]
  if ('absent' in found) throw new Error(`no sheet ${name}: ${String(found.absent)}`)
  return found as Columns<Sheets[K]>
}
