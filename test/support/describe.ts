/** Runs `cust describe` over a file of text, as the program opens it. */
import type spec from '../../src/commands/describe/index.ts'
import { run } from '../../src/commands/describe/run.ts'
import type { Input } from '../../src/core/command.ts'
import { parseDay } from '../../src/core/days.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Columns } from '../../src/core/report.ts'
import { textList } from '../../src/core/texts.ts'
import { type Given, inputs } from '../sources/inputs.ts'

type Gives = (typeof spec)['gives']
export type DescribeOptions = OptionValues<(typeof spec)['options']>

export interface Ran {
  readonly warnings: readonly string[]
  /** A sheet that must be there. */
  sheet<K extends keyof Gives>(name: K): Columns<Gives[K]>
  has(name: keyof Gives): boolean
  /** The figures of a column by its header. */
  column(header: string): Readonly<Record<string, number | string | null>>
  alerts(): string[]
}

export async function described(
  text: string | Buffer,
  options: Partial<DescribeOptions> = {},
  given: Given = {},
): Promise<Ran> {
  const files = await inputs()
  try {
    const opened = await files.open([files.write('table.csv', text)], { needs: [], uses: [], ...given })
    const warnings: string[] = []
    const input: Input = {
      lines: opened.table,
      linesOf: opened.linesOf,
      rows: opened.rows,
      records: opened.records,
      look: opened.look,
      today: parseDay('2026-01-01') as number,
      account: () => {},
      note: () => {},
      warn: (line) => warnings.push(line),
      open: () => Promise.reject(new Error('describe opens no other file')),
      pause: () => Promise.resolve(),
      helper: async () => undefined,
    }
    const defaults = { exact: false, by: undefined, correlation: false, regress: undefined }
    const { sheets } = await run(input, { ...defaults, ...options })
    const held = (name: keyof Gives) => {
      const sheet = sheets[name]
      return typeof sheet === 'function' ? sheet() : sheet
    }
    const sheet = <K extends keyof Gives>(name: K): Columns<Gives[K]> => {
      const found = held(name)
      if ('absent' in found) throw new Error(`no sheet ${name}`)
      return found as unknown as Columns<Gives[K]>
    }
    return {
      warnings,
      sheet,
      has: (name) => !('absent' in held(name)),
      column: (header) => rowOf(sheet('columns'), header),
      alerts: () => {
        const { alert, column, count } = sheet('alerts')
        const columns = textList(column)
        return textList(alert).map((name, i) =>
          [name, columns[i], count[i]].filter((part) => part !== null).join(' '),
        )
      },
    }
  } finally {
    files.close()
  }
}

function rowOf(columns: Columns<Gives['columns']>, header: string): Record<string, number | string | null> {
  const row = textList(columns.name).indexOf(header)
  const entries = Object.entries(columns).map(([key, values]) => {
    const list = ArrayBuffer.isView(values)
      ? (values as Float64Array)
      : textList(values as Columns<Gives['columns']>['name'])
    return [key, list[row] ?? null] as const
  })
  return Object.fromEntries(entries)
}
