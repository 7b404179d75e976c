/** What a run learns from its rows, so that another one weighs other rows alike. Survives JSON. */
import { CustError } from '../../core/errors.ts'
import { textDigest } from '../../models/linkage/hash.ts'
import type { Mixture } from '../../models/linkage/mixture.ts'
import type { Shares } from '../../models/linkage/shares.ts'
import type { Chosen } from './choose.ts'
import type { Comparison } from './compare.ts'
import type { CellForm, Field } from './fields.ts'
import type { MatchRole } from './roleNames.ts'
import { type Frequencies, frequenciesOf, raritiesOf } from './score.ts'
import type { Digests } from './shared.ts'

export interface Learnt {
  /** Every column of the file. */
  readonly columns: readonly LearntColumn[]
  /** The fields that are evidence, in the order of the mixture. */
  readonly fields: readonly LearntField[]
  /** Fields that find pairs and repeat what others say, by their headers. */
  readonly blocks: readonly string[]
  /** Fields that find pairs, but have nothing to do with who somebody is. */
  readonly irrelevant: readonly string[]
  /** Values that stand with many names and tell nobody from anybody. */
  readonly shared: readonly Digests[]
  readonly mixture: Mixture
}

export interface LearntColumn {
  readonly header: string
  readonly role: MatchRole
  readonly form?: CellForm
}

export interface LearntField {
  readonly header: string
  readonly levels: number
  /** Records that have a value. */
  readonly filled: number
  /** Records of the values that are frequent enough to matter, by their digests: no value can be read. */
  readonly frequent: readonly (readonly [digest: string, records: number])[]
}

interface Learning {
  readonly known: readonly {
    readonly column: { readonly header: string }
    readonly role: MatchRole
    readonly fields: readonly Field[]
  }[]
  readonly chosen: Chosen
  readonly matched: {
    readonly comparisons: readonly Comparison[]
    readonly mixture: Mixture
    readonly shared: readonly Digests[]
    readonly irrelevant: readonly string[]
  }
}

export function learntFrom({ known, chosen, matched }: Learning): Learnt {
  const { comparisons, mixture, shared, irrelevant } = matched
  if (comparisons.length === 0) {
    throw new CustError('model', 'nothing was learnt, as no columns were compared', 'leave out --save-model')
  }
  return {
    columns: known.map(({ column: { header }, role, fields }) => {
      const form = fields.find((field) => field.form)?.form
      return { header, role, ...(form ? { form } : {}) }
    }),
    fields: comparisons.map((comparison, i) => {
      const { counts, filled } = frequenciesOf(comparison.field)
      const usual = mixture.random.shares[i]?.at(-1) as number
      return {
        header: comparison.field.header,
        levels: comparison.levels.length,
        filled,
        frequent: frequentIn(comparison, { counts, filled }, usual),
      }
    }),
    blocks: chosen.fields.flatMap(({ role, header }) => (role === 'block' ? [header] : [])),
    irrelevant,
    shared: shared.map(({ header, digests }) => ({ header, digests })),
    mixture,
  }
}

/** Values that count otherwise than one that nobody has, in the order of their digests. */
function frequentIn({ field, role }: Comparison, { counts, filled }: Frequencies, usual: number) {
  const logs = raritiesOf({ counts, filled }, role, usual)
  const [unknown] = raritiesOf({ counts: [0], filled }, role, usual)
  const frequent = field.words.flatMap((word, code) =>
    logs[code] === unknown ? [] : [[textDigest(word), counts[code] as number] as const],
  )
  return frequent.sort(([one], [other]) => (one < other ? -1 : 1))
}

// Use --------------------------------------------------------------------------------------------------------

/** The fields of other rows, as evidence for what they were. */
export function fieldsAs(
  { columns, fields, blocks, irrelevant }: Learnt,
  all: readonly Field[],
  headers: readonly string[],
): Chosen {
  const told = all.flatMap((field): Field[] => {
    if (blocks.includes(field.header)) return [{ ...field, role: 'block' }]
    const isKnown = irrelevant.includes(field.header) || fields.some(({ header }) => header === field.header)
    return isKnown ? [field] : []
  })
  const missing = fields.filter(({ header }) => !told.some((field) => field.header === header))
  if (missing.length > 0) throw unlike(`it compares ${missing.map(({ header }) => header).join(', ')}`)
  const strange = headers.filter((each) => !columns.some(({ header }) => header === each))
  return { fields: told, out: strange.map((header) => ({ header, why: 'the model does not know it' })) }
}

/** Places of the columns that are evidence, among those that might be. */
export const placesIn = ({ irrelevant }: Learnt, comparisons: readonly Comparison[]): number[] =>
  comparisons.flatMap(({ field }, i) => (irrelevant.includes(field.header) ? [] : [i]))

/** The classes, with their columns in the order in which they are compared here. */
export function mixtureOf(learnt: Learnt, comparisons: readonly Comparison[]): Mixture {
  const places = placesOf(learnt, comparisons)
  const { matches, moved, random, reasons, ...rest } = learnt.mixture
  const inOrder = <T>(list: readonly T[]): T[] => places.map((place) => list[place] as T)
  const each = <T extends { readonly shares: Shares }>(fitted: T): T => ({
    ...fitted,
    shares: inOrder(fitted.shares),
  })
  return {
    ...rest,
    matches: each(matches),
    moved: moved && each(moved),
    random: each(random),
    reasons: reasons.map((reason) => ({ ...each(reason), freedom: inOrder(reason.freedom) })),
  }
}

export function frequenciesIn(learnt: Learnt, comparisons: readonly Comparison[]): Frequencies[] {
  const places = placesOf(learnt, comparisons)
  return comparisons.map(({ field }, i) => {
    const { filled, frequent } = learnt.fields[places[i] as number] as LearntField
    const known = new Map(frequent)
    if (known.size === 0) return { counts: new Float64Array(field.words.length), filled }
    return { counts: Float64Array.from(field.words, (word) => known.get(textDigest(word)) ?? 0), filled }
  })
}

/** Throws CustError('usage') where the columns are compared otherwise than they were. */
function placesOf({ fields }: Learnt, comparisons: readonly Comparison[]): number[] {
  const places = comparisons.map(({ field, levels }) => {
    const place = fields.findIndex(({ header }) => header === field.header)
    if (fields[place]?.levels === levels.length) return place
    throw unlike(`${field.header} is compared otherwise`)
  })
  if (places.length !== fields.length) throw unlike('it compares other columns')
  return places
}

const unlike = (why: string): CustError =>
  new CustError('usage', `--use-model does not fit these rows: ${why}`, 'make it anew with --save-model')
