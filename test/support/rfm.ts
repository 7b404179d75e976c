/** Runs the rfm command over lines in memory, with the options that differ from the defaults. */

import spec from '../../src/commands/rfm/index.ts'
import { run } from '../../src/commands/rfm/run.ts'
import type { RfmOptions } from '../../src/commands/rfm/scoring.ts'
import type { Input } from '../../src/core/command.ts'
import { parseDay } from '../../src/core/days.ts'
import type { Absent, Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import { type Texts, textList } from '../../src/core/texts.ts'
import { duckdbLines, type Line } from './lines.ts'

export const defaults = Object.fromEntries(
  Object.entries(spec.options).map(([key, option]) => [key, option.default]),
) as unknown as RfmOptions

type Sheets = (typeof spec)['gives']

/** What rfm answers, with every sheet made. */
export type RfmAnswer = Omit<Awaited<ReturnType<typeof run>>, 'sheets'> & {
  readonly sheets: { readonly [K in keyof Sheets]: Columns<Sheets[K]> | Absent }
}

export interface Ran {
  readonly answer: RfmAnswer
  readonly warnings: readonly string[]
  readonly counted: Parameters<Input['account']>[0] | undefined
}

export async function rfmOver(
  table: Table,
  options: Partial<RfmOptions>,
  open?: Input['open'],
): Promise<Ran> {
  const warnings: string[] = []
  let counted: Ran['counted']
  const input: Input = {
    lines: table,
    today: parseDay('2026-01-01') as number,
    account: (given) => {
      counted = given
    },
    note: () => {},
    linesOf: () => Promise.reject(new Error('rfm asks for its lines only')),
    rows: () => Promise.reject(new Error('rfm asks for lines, not for rows')),
    records: () => Promise.reject(new Error('rfm asks for lines, not for records')),
    look: () => Promise.reject(new Error('rfm asks for lines, not for a look')),
    warn: (line) => warnings.push(line),
    open: open ?? (() => Promise.reject(new Error('this test opens no other file'))),
    pause: () => Promise.resolve(),
    helper: async () => undefined,
  }
  const answer = await run(input, { ...defaults, ...options })
  return { answer: made(answer), warnings, counted }
}

function made(answer: Awaited<ReturnType<typeof run>>): RfmAnswer {
  const sheets = Object.entries(answer.sheets).map(([name, given]) => {
    const columns: Record<string, unknown> = { ...(typeof given === 'function' ? given() : given) }
    // As plain lists, texts can be compared whatever holds them.
    const id = columns['customer_id']
    return [name, id === undefined ? columns : { ...columns, customer_id: textList(id as Texts) }]
  })
  return { ...answer, sheets: Object.fromEntries(sheets) } as RfmAnswer
}

export async function rfm(lines: readonly Line[], options: Partial<RfmOptions> = {}): Promise<Ran> {
  const columns = Object.keys(lines[0] ?? {}).filter((column) => column !== 'problem')
  const { table, close } = await duckdbLines(lines, columns)
  try {
    return await rfmOver(table, options)
  } finally {
    await close()
  }
}

/** The values of a text column as plain text. */
export function words(column: Texts): (string | null)[] {
  return textList(column)
}

/** A sheet of the answer that must be there. */
export function sheet<K extends keyof RfmAnswer['sheets']>(answer: RfmAnswer, name: K) {
  const found = answer.sheets[name]
  if ('absent' in found) throw new Error(`no sheet ${name}: ${String(found.absent)}`)
  return found as Columns<Sheets[K]>
}
