/** Runs a command over lines in memory, with the options that differ from the defaults. */
import type { Input, Run, Sheets, Spec } from '../../src/core/command.ts'
import { parseDay } from '../../src/core/days.ts'
import { CustError } from '../../src/core/errors.ts'
import type { Options, OptionValues } from '../../src/core/options.ts'
import type { Absent, Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import { type Texts, textList } from '../../src/core/texts.ts'
import { duckdbLines, type Line } from './lines.ts'

export interface Ran<G extends Sheets> {
  readonly sheets: { readonly [K in keyof G]: Columns<G[K]> | Absent }
  readonly saves: Readonly<Record<string, string>>
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  readonly counted: Parameters<Input['account']>[0] | undefined
}

const nothing = () => Promise.reject(new Error('the command asks for lines only'))

export async function ranOver<O extends Options, G extends Sheets>(
  spec: Spec<O, G>,
  run: Run<Spec<O, G>>,
  lines: Table,
  options: Partial<OptionValues<O>>,
): Promise<Ran<G>> {
  const [notes, warnings]: [string[], string[]] = [[], []]
  let counted: Ran<G>['counted']
  const input: Input = {
    lines,
    today: parseDay('2026-01-01') as number,
    account: (given) => {
      counted = given
    },
    note: (line) => notes.push(line),
    warn: (line) => warnings.push(line),
    linesOf: nothing,
    rows: nothing,
    records: nothing,
    look: nothing,
    open: nothing,
    pause: () => Promise.resolve(),
    helper: async () => undefined,
  }
  const defaults = Object.fromEntries(
    Object.entries(spec.options).map(([key, option]) => [key, option.default]),
  ) as unknown as OptionValues<O>
  const answer = await run(input, { ...defaults, ...options })
  const sheets = Object.entries(answer.sheets).map(([name, given]) => {
    const columns: Record<string, unknown> = { ...(typeof given === 'function' ? given() : given) }
    const id = columns['customer_id']
    return [name, id === undefined ? columns : { ...columns, customer_id: textList(id as Texts) }]
  })
  return {
    sheets: Object.fromEntries(sheets),
    saves: Object.fromEntries(
      Object.entries(answer.saves ?? {}).filter(([, content]) => typeof content === 'string'),
    ),
    notes,
    warnings,
    counted,
  } as unknown as Ran<G>
}

export async function ran<O extends Options, G extends Sheets>(
  spec: Spec<O, G>,
  run: Run<Spec<O, G>>,
  lines: readonly Line[],
  options: Partial<OptionValues<O>>,
): Promise<Ran<G>> {
  const columns = Object.keys(lines[0] ?? {}).filter((column) => column !== 'problem')
  const { table, close } = await duckdbLines(lines, columns)
  try {
    return await ranOver(spec, run, table, options)
  } finally {
    await close()
  }
}

/** A sheet of the answer that must be there. */
export function sheetOf<G extends Sheets, K extends keyof G & string>(
  { sheets }: Ran<G>,
  name: K,
): Columns<G[K]> {
  const found = sheets[name]
  if ('absent' in found) throw new Error(`no sheet ${name}: ${String(found.absent)}`)
  return found as Columns<G[K]>
}

/** What a run says when it refuses; 'answered' where it does not. */
export async function refusalOf(run: Promise<unknown>): Promise<string> {
  try {
    await run
  } catch (error) {
    if (error instanceof CustError) return `${error.kind}: ${error.message}`
    throw error
  }
  return 'answered'
}
