/** Why two rows are one customer, or are not: bits a column, which add up to those of the pair. */
import type { Matched } from './match.ts'

/** A value is missing, or is told of by another column. */
export const NO_EVIDENCE = 'no evidence'

export interface ExplainedColumn {
  readonly header: string
  readonly left: string
  readonly right: string
  readonly level: string
  readonly bits: number
}

export interface Explained {
  readonly columns: readonly ExplainedColumn[]
  /** The strongest other explanation. */
  readonly against: string
  readonly prior: number
  /** What the further explanations take away. */
  readonly others: number
  readonly bits: number
}

/** Of two records. The bits of the columns, the prior and the others sum to those of the pair. */
export function explain(matched: Matched, one: number, other: number): Explained {
  const { comparisons, scorer, mixture } = matched
  const { levels, classes, rarity } = scorer.partsOf(one, other)
  const names = ['match', 'match, moved', 'random pair', ...mixture.reasons.map(({ name }) => name)]
  const bits = scorer.bitsOf(one, other)
  const strongest = (from: number, to: number): number => {
    let best = from
    for (let k = from; k < to; k++) if ((classes[k] as number) > (classes[best] as number)) best = k
    return best
  }
  const [own, rival] = [strongest(0, 2), strongest(2, classes.length)]
  const models = [mixture.matches, mixture.moved ?? mixture.matches, mixture.random, ...mixture.reasons]
  const share = (k: number, i: number) => models[k]?.shares[i]?.[levels[i] as number] as number
  const columns = comparisons.map(({ field, levels: words }, i): ExplainedColumn => {
    const level = levels[i] as number
    const text = (record: number) => field.words[field.codes[record] as number] ?? ''
    const more = ((rarity[own]?.[i] as number) - (rarity[rival]?.[i] as number)) / Math.LN2
    return {
      header: field.header,
      left: text(one),
      right: text(other),
      level: level < 0 ? NO_EVIDENCE : (words[level] as string),
      bits: level < 0 ? 0 : Math.log2(share(own, i) / share(rival, i)) + more,
    }
  })
  const prior = Math.log2((models[own]?.prior as number) / (models[rival]?.prior as number))
  const sum = columns.reduce((total, column) => total + column.bits, prior)
  return { columns, against: names[rival] as string, prior, others: bits - sum, bits }
}
