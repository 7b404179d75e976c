/** Where the rows are that fail a check, with some of their values. */
import { FILE, LINE, type Records } from '../../core/records.ts'
import { name, sql } from '../../core/sql.ts'
import type { Example, Finding } from './check.ts'
import type { Measured, Measures } from './measure.ts'

/** Lines that are told, and values that are shown. */
const [TOLD_LINES, SHOWN] = [200, 5]
const MOST_CHARACTERS = 60

export async function findingsOf(records: Records, measures: Measures): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const each of measures.checks) {
    if (each.fails > 0) findings.push(await findingOf({ ...records, from: measures.failing }, each))
  }
  return findings
}

async function findingOf(records: Records, { check, fails, tested, failed }: Measured): Promise<Finding> {
  const { from, fetch, dialect, files } = records
  const [column] = check.columns
  const value = column === undefined ? sql`cast(null as varchar)` : name(column)
  const query = sql`select ${dialect.real(name(FILE))} as file, ${dialect.real(name(LINE))} as line, ${value} as value
    from ${from} as failing where ${failed} order by ${name(FILE)}, ${name(LINE)} limit ${TOLD_LINES}`
  const found = await fetch(query, { file: 'number', line: 'number', value: 'text' })
  const examples = [...found.line.slice(0, SHOWN)].map((line, i): Example => {
    const text = found.value[i] ?? ''
    const file = files[found.file[i] as number]?.path ?? ''
    return { file, line, value: clipped(check.shown ? check.shown(text) : text) }
  })
  const { rule, severity, dimension, en, zh } = check
  const share = tested === 0 ? 0 : fails / tested
  const hasMore = fails > found.line.length
  const lines = files.length > 1 ? placesOf(found, records) : rangesOf([...found.line], hasMore)
  return { rule, severity, dimension, en, zh, column, count: fails, share, lines, examples }
}

export const clipped = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text

function placesOf({ file, line }: { file: Float64Array; line: Float64Array }, { files }: Records): string {
  const places = [...line.slice(0, SHOWN)].map((each, i) => `${files[file[i] as number]?.path}:${each}`)
  return places.join(', ') + (line.length > SHOWN ? ', ...' : '')
}

const MOST_RANGES = 6

/** `2-5, 9, ...`. */
export function rangesOf(lines: readonly number[], hasMore = false): string {
  const ranges: [number, number][] = []
  for (const line of lines) {
    const last = ranges.at(-1)
    if (last && line === last[1] + 1) last[1] = line
    else ranges.push([line, line])
  }
  const told = ranges.slice(0, MOST_RANGES).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return told.join(', ') + (hasMore || ranges.length > MOST_RANGES ? ', ...' : '')
}
