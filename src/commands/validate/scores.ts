/** The score card: how much of each column, and of all, passes the tests of each dimension. */
import type { Records } from '../../core/records.ts'
import type { Dimension } from './check.ts'
import type { Field } from './fields.ts'
import type { Keyed } from './keyChecks.ts'
import { ALL_COLUMNS } from './meanings.ts'
import { anyOf, countAll, type Measures } from './measure.ts'

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

type Parts = ReadonlyMap<string, Part>

export interface Scoring {
  readonly records: Records
  readonly fields: readonly Field[]
  readonly measures: Measures
  readonly keys: readonly Keyed[]
  readonly key: Keyed | undefined
}

export async function scoresOf(scoring: Scoring): Promise<Score[]> {
  const { fields, measures } = scoring
  const [valid, consistent] = [await partsOf(scoring, 'validity'), await partsOf(scoring, 'consistency')]
  const unique = uniqueParts(scoring)
  const scores = fields.map(({ header, role, meaning, look }): Score => {
    const filled = measures.filled.get(header) ?? 0
    return {
      column: header,
      meaning: toldAs({ role, meaning }) ?? look?.type,
      filled,
      completeness: shareOf({ passed: filled, tested: measures.rows }),
      validity: shareOf(valid.get(header)),
      uniqueness: shareOf(unique.get(header)),
      consistency: shareOf(consistent.get(header)),
    }
  })
  const filled = scores.reduce((sum, score) => sum + score.filled, 0)
  const all: Score = {
    ...{ column: undefined, meaning: ALL_COLUMNS, filled },
    completeness: shareOf({ passed: filled, tested: measures.rows * fields.length }),
    validity: shareOf(sumOf(valid)),
    uniqueness: shareOf(sumOf(unique)),
    consistency: shareOf(sumOf(consistent)),
  }
  return [all, ...scores]
}

/** Who bought is told by more than one kind of column. */
const toldAs = ({ role, meaning }: Pick<Field, 'role' | 'meaning'>): string | undefined =>
  meaning === 'id' || role !== 'customer' ? (role ?? meaning) : (meaning ?? role)

/** Keys, and columns that a rule wants to be unique: how many of their values are different. */
function uniqueParts({ keys, key, measures }: Scoring): Parts {
  const parts = new Map<string, Part>()
  for (const { check, fails, tested } of measures.checks) {
    const [column] = check.columns
    if (check.dimension === 'uniqueness' && column !== undefined && check.columns.length === 1) {
      parts.set(column, { tested, passed: tested - fails })
    }
  }
  for (const { field, filled, distinct } of keys) {
    if (field === key?.field || parts.has(field.header)) {
      parts.set(field.header, { tested: filled, passed: distinct })
    }
  }
  return parts
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
async function partsOf({ records, measures }: Scoring, dimension: Dimension): Promise<Parts> {
  const asked = measures.checks.filter(
    ({ check }) => check.dimension === dimension && check.severity !== 'note',
  )
  const columns = [...new Set(asked.flatMap(({ check }) => check.columns.slice(0, 1)))]
  const failing = columns.map((column) =>
    anyOf(
      asked
        .filter(({ check, fails }) => check.columns[0] === column && fails > 0)
        .map(({ failed }) => failed),
    ),
  )
  const { counts } = await countAll({ ...records, from: measures.failing }, failing)
  return new Map(
    columns.map((column, i) => {
      const tested = measures.tested(column, dimension)
      return [column, { tested, passed: tested - (counts[i] ?? 0) }]
    }),
  )
}
