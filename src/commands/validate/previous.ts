/** What changed since an earlier answer, as this command wrote it in JSON. */
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import type { Json } from '../../core/report.ts'
import type { Finding } from './check.ts'
import type { Score } from './scores.ts'

export interface Now {
  readonly rows: number
  readonly bad: number
  readonly scores: readonly Score[]
  readonly findings: readonly Finding[]
}

export interface Change {
  readonly column: string | undefined
  /** A dimension, a rule, or rows and bad rows. */
  readonly measure: string
  readonly before: number
  readonly now: number
}

export const dimensions = ['completeness', 'validity', 'uniqueness', 'consistency'] as const

export function jsonOf({ rows, bad, scores, findings }: Now, file: string): Json {
  return {
    file,
    rows,
    bad_rows: bad,
    scores: scores.map((score) => ({
      column: score.column ?? null,
      meaning: score.meaning ?? null,
      filled: score.filled,
      ...Object.fromEntries(dimensions.map((each) => [each, score[each] ?? null])),
    })),
    findings: findings.map(({ rule, severity, dimension, column, count, share, lines, en, examples }) => ({
      ...{ severity, rule, column: column ?? null, dimension, count },
      share: Number.isNaN(share) ? null : share,
      lines,
      what: en,
      examples: examples.map(({ line, value }) => ({ line: line ?? null, value })),
    })),
  }
}

interface Before {
  readonly rows: number
  readonly bad_rows: number
  readonly scores: readonly Readonly<Record<string, unknown>>[]
  readonly findings: readonly Readonly<Record<string, unknown>>[]
}

/** Throws CustError('input') where the file is no answer of this command. */
export function beforeOf({ path, text }: TextFile): Before {
  const found = parsed(text) as Partial<Before> | undefined
  const isAnswer =
    typeof found === 'object' &&
    found !== null &&
    typeof found.rows === 'number' &&
    typeof found.bad_rows === 'number'
  if (isAnswer && Array.isArray(found.scores) && Array.isArray(found.findings)) return found as Before
  throw new CustError(
    'input',
    `${path}: is no answer of cust validate in JSON`,
    'write one with: cust validate <file> -o yesterday.json',
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Smaller differences of a share are none. */
const SAME = 1e-9

/** Everything that is not as it was; what is new was 0 before. */
export function changesSince(before: Before, now: Now): Change[] {
  const changes: Change[] = [
    { column: undefined, measure: 'rows', before: before.rows, now: now.rows },
    { column: undefined, measure: 'bad_rows', before: before.bad_rows, now: now.bad },
    ...scoreChanges(before, now),
    ...findingChanges(before, now),
  ]
  return changes.filter((each) => !(Math.abs(each.before - each.now) <= SAME))
}

const keyOf = (column: unknown, rule: unknown = ''): string => JSON.stringify([column ?? null, rule])
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)

function scoreChanges({ scores: old }: Before, { scores }: Now): Change[] {
  const known = new Map(old.map((score) => [keyOf(score['column']), score]))
  const changes = scores.flatMap((score): Change[] => {
    const was = known.get(keyOf(score.column))
    known.delete(keyOf(score.column))
    if (!was) return [{ column: score.column, measure: 'column', before: 0, now: 1 }]
    return dimensions.flatMap((each) => {
      const [before, now] = [numberOf(was[each]), score[each] ?? Number.NaN]
      return Number.isNaN(before) && Number.isNaN(now)
        ? []
        : [{ column: score.column, measure: each, before, now }]
    })
  })
  const gone = [...known.values()].map(({ column }) => ({
    column: String(column),
    measure: 'column',
    before: 1,
    now: 0,
  }))
  return [...changes, ...gone]
}

function findingChanges({ findings: old }: Before, { findings }: Now): Change[] {
  const known = new Map(old.map((found) => [keyOf(found['column'], found['rule']), found]))
  const changes = findings.map(({ column, rule, count }): Change => {
    const was = known.get(keyOf(column, rule))
    known.delete(keyOf(column, rule))
    return { column, measure: rule, before: was ? numberOf(was['count']) : 0, now: count }
  })
  const gone = [...known.values()].map((found) => ({
    column: typeof found['column'] === 'string' ? found['column'] : undefined,
    measure: String(found['rule']),
    before: numberOf(found['count']),
    now: 0,
  }))
  return [...changes, ...gone]
}
