/** The score card: how much of each column, and of all, passes the tests of each dimension. */
import type { Records } from '../../core/records.ts'
import { join, type Sql, sql } from '../../core/sql.ts'
import type { Check, Dimension } from './check.ts'
import type { Field } from './fields.ts'
import type { Keyed } from './keyChecks.ts'
import { countAll, type Measures, testedBy } from './measure.ts'

/** Undefined: nothing of this kind was tested. */
export interface Score {
  readonly column: string | undefined
  readonly meaning: string | undefined
  readonly filled: number
  readonly completeness: number | undefined
  readonly validity: number | undefined
  readonly uniqueness: number | undefined
  readonly consistency: number | undefined
}

interface Part {
  readonly passed: number
  readonly tested: number
}

/** Warnings of looks are no verdict on a value. */
const counts = ({ severity }: Check): boolean => severity !== 'note'

export interface Scoring {
  readonly records: Records
  readonly fields: readonly Field[]
  readonly checks: readonly Check[]
  readonly keys: readonly Keyed[]
  readonly key: Keyed | undefined
  readonly measures: Measures
}

export async function scoresOf(scoring: Scoring): Promise<Score[]> {
  const { fields, checks, measures, key } = scoring
  const valid = await partsOf(scoring, 'validity')
  const consistent = await partsOf(scoring, 'consistency')
  const scores = fields.map((field): Score => {
    const { header } = field
    const filled = measures.filled.get(header) ?? 0
    const isKey =
      key?.field === field ||
      checks.some((each) => each.dimension === 'uniqueness' && each.columns[0] === header)
    return {
      column: header,
      meaning: field.role ?? field.meaning ?? field.look?.type,
      filled,
      completeness: shareOf({ passed: filled, tested: measures.rows }),
      validity: shareOf(valid.get(header)),
      uniqueness: isKey ? uniqueness(scoring, header) : undefined,
      consistency: shareOf(consistent.get(header)),
    }
  })
  return [overall(scoring, scores, { valid, consistent }), ...scores]
}

function uniqueness({ keys, measures, checks }: Scoring, header: string): number | undefined {
  const key = keys.find(({ field }) => field.header === header)
  if (key) return shareOf({ passed: key.distinct, tested: key.filled })
  const repeated = measures.checks.filter(
    ({ check }) => checks.includes(check) && check.dimension === 'uniqueness' && check.columns[0] === header,
  )
  const fails = Math.max(0, ...repeated.map((each) => each.fails))
  const tested = measures.filled.get(header) ?? 0
  return shareOf({ passed: tested - fails, tested })
}

type Parts = ReadonlyMap<string, Part>

function overall(
  { fields, measures }: Scoring,
  scores: readonly Score[],
  { valid, consistent }: { valid: Parts; consistent: Parts },
): Score {
  const cells = measures.rows * fields.length
  const filled = scores.reduce((sum, score) => sum + score.filled, 0)
  const unique = scores.filter(({ uniqueness: one }) => one !== undefined)
  return {
    column: undefined,
    meaning: 'all columns',
    filled,
    completeness: shareOf({ passed: filled, tested: cells }),
    validity: shareOf(sumOf(valid)),
    uniqueness: unique.length === 0 ? undefined : Math.min(...unique.map(({ uniqueness: one }) => one ?? 1)),
    consistency: shareOf(sumOf(consistent)),
  }
}

function sumOf(parts: Parts): Part | undefined {
  if (parts.size === 0) return undefined
  const all = [...parts.values()]
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    tested: all.reduce((sum, { tested }) => sum + tested, 0),
  }
}

const shareOf = (part: Part | undefined): number | undefined =>
  part === undefined || part.tested === 0 ? undefined : part.passed / part.tested

/** For each column the rows that were tested for a dimension, and those that failed no test of it. */
async function partsOf({ records, fields, checks }: Scoring, dimension: Dimension): Promise<Parts> {
  const asked = checks.filter((check) => check.dimension === dimension && counts(check))
  const columns = [...new Set(asked.flatMap((check) => check.columns.slice(0, 1)))]
  const conditions = columns.flatMap((column) => {
    const own = asked.filter((check) => check.columns[0] === column)
    const tested = anyOf(own.map((check) => testedBy(check, fields)))
    return [tested, sql`(${tested} and not ${anyOf(own.map(({ fails }) => fails))})`]
  })
  if (conditions.length === 0) return new Map()
  const { counts: found } = await countAll(records, conditions)
  return new Map(
    columns.map((column, i) => [column, { tested: found[2 * i] ?? 0, passed: found[2 * i + 1] ?? 0 }]),
  )
}

const anyOf = (conditions: readonly Sql[]): Sql =>
  sql`(${join(
    conditions.map((each) => sql`coalesce(${each}, false)`),
    ' or ',
  )})`
