/** Runs `cust dedupe` over files of text, as the program opens them, and holds its clusters against the truth. */
import type { Listing } from '../../fixtures/people.ts'
import { csvText } from '../../fixtures/people.ts'
import spec from '../../src/commands/dedupe/index.ts'
import { run } from '../../src/commands/dedupe/run.ts'
import type { AnyColumns, Free, Input, Saved } from '../../src/core/command.ts'
import { parseDay } from '../../src/core/days.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Absent } from '../../src/core/report.ts'
import { type Texts, textList } from '../../src/core/texts.ts'
import { Irregular } from '../../src/sources/irregular.ts'
import { type Inputs, inputs } from '../sources/inputs.ts'

type Gives = (typeof spec)['gives']
export type DedupeOptions = OptionValues<(typeof spec)['options']>

/** A sheet: its columns by key, texts as lists. */
export type Sheet = Readonly<Record<string, readonly (string | number | null)[]>>

export interface Ran {
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  readonly show: readonly string[]
  /** Throws where the answer has none. */
  sheet(name: keyof Gives): Sheet
  /** What would stand in a file: a text as it is, else its columns. */
  saved(option: keyof DedupeOptions): string | Sheet
}

export async function deduped(
  text: string | Listing,
  options: Partial<DedupeOptions> = {},
  others: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const files = await inputs()
  try {
    for (const [file, content] of Object.entries(others)) files.write(file, content)
    files.write('customers.csv', typeof text === 'string' ? text : csvText(text))
    try {
      return await ranOver(files, options, false)
    } catch (error) {
      if (!(error instanceof Irregular)) throw error
      return await ranOver(files, options, true)
    }
  } finally {
    files.close()
  }
}

async function ranOver(files: Inputs, options: Partial<DedupeOptions>, thorough: boolean): Promise<Ran> {
  const opened = await files.open(['customers.csv'], { needs: [], uses: [], thorough })
  const [notes, warnings]: [string[], string[]] = [[], []]
  const input: Input = {
    lines: opened.table,
    linesOf: opened.linesOf,
    rows: opened.rows,
    records: opened.records,
    look: opened.look,
    today: parseDay('2026-01-01') as number,
    account: () => {},
    note: (line) => notes.push(line),
    warn: (line) => warnings.push(line),
    pause: async () => {},
    helper: async () => undefined,
    open: (path, columns) => files.columns([path], columns, { thorough }),
  }
  const defaults = Object.fromEntries(
    Object.entries(spec.options).map(([key, option]) => [key, option.default]),
  )
  const answer = await run(input, { ...(defaults as unknown as DedupeOptions), ...options })
  const saves: Readonly<Record<string, Saved>> = answer.saves ?? {}
  return {
    notes,
    warnings,
    show: answer.show ?? [],
    sheet: (name) => listed(answer.sheets[name] as Given, name),
    saved: (option) => {
      const saved = saves[option]
      if (saved === undefined) throw new Error(`nothing is saved for ${option}`)
      return typeof saved === 'string' ? saved : listed(saved as Given, option)
    },
  }
}

type Given = Free | AnyColumns | Absent | (() => Free | AnyColumns)

function listed(given: Given, name: string): Sheet {
  const found = typeof given === 'function' ? given() : given
  if ('absent' in found) throw new Error(`no sheet ${name}`)
  const columns =
    'free' in found
      ? (found as Free).free.map(({ key, values }) => [key, values] as const)
      : Object.entries(found)
  return Object.fromEntries(columns.map(([key, values]) => [key, listOf(values)]))
}

const listOf = (values: unknown): (string | number | null)[] =>
  ArrayBuffer.isView(values) ? [...(values as Float64Array)] : textList(values as Texts)

// Against the truth ------------------------------------------------------------------------------------------

export interface Judged {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Over pairs of rows. */
export function judged(found: ArrayLike<unknown>, truth: ArrayLike<unknown>): Judged {
  const pairs = (key: (row: number) => string): number => {
    const sizes = new Map<string, number>()
    for (let row = 0; row < truth.length; row++) sizes.set(key(row), (sizes.get(key(row)) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  }
  const right = pairs((row) => `${found[row]} ${truth[row]}`)
  const [told, real] = [pairs((row) => `${found[row]}`), pairs((row) => `${truth[row]}`)]
  return { precision: right / told, recall: right / real, f1: (2 * right) / (told + real) }
}

/** Nothing named, nothing set. */
export async function judgedOn(listing: Listing, options: Partial<DedupeOptions> = {}): Promise<Judged> {
  const ran = await deduped(listing, options)
  return judged(ran.sheet('rows')['cluster_id'] as string[], listing.truth)
}
