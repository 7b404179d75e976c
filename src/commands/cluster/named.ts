/** What a cluster is called, and one sentence about it, from what sets it apart. */
import { percent, wholeText } from '../../core/numerals.ts'
import { median } from '../../models/quantile.ts'
import type { Used } from './prepared.ts'

/** How a cluster stands to all rows in a feature. */
export interface Trait {
  readonly used: Used
  /** Of a level of a category its share: a median would be all or nothing. */
  readonly median: number
  readonly ofAll: number
  /** Difference of the means in standard deviations of all. */
  readonly apart: number
}

export interface Named {
  readonly en: string
  readonly zh: string
  readonly sentence: string
  readonly sentenceZh: string
}

/** Less than this is no difference that one would name a cluster for. */
const NOTABLE = 0.3

export function traitsOf(used: readonly Used[], rows: readonly number[], apart: readonly number[]): Trait[] {
  return used.map((each, i) => {
    const middle = each.feature.level ? mean : median
    return {
      used: each,
      median: middle(Float64Array.from(rows, (row) => each.values[row] as number)),
      ofAll: middle(each.values),
      apart: apart[i] as number,
    }
  })
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

const strongest = (traits: readonly Trait[], most: number): Trait[] =>
  [...traits]
    .filter(({ apart }) => Math.abs(apart) >= NOTABLE)
    .sort((a, b) => Math.abs(b.apart) - Math.abs(a.apart))
    .slice(0, most)

/** Names that no two clusters share. */
export function namesOf(clusters: readonly (readonly Trait[])[], shares: readonly Shares[]): Named[] {
  const taken = new Map<string, number>()
  return clusters.map((traits, i) => {
    const [en, zh] = called(traits)
    const times = (taken.get(en) ?? 0) + 1
    taken.set(en, times)
    const suffix = times === 1 ? '' : ` ${times}`
    return { en: en + suffix, zh: zh + suffix, ...sentences(traits, shares[i] as Shares) }
  })
}

function called(traits: readonly Trait[]): [en: string, zh: string] {
  const told = strongest(traits, 2)
  if (told.length === 0) return ['Like most', '与总体相近']
  const word = ({ apart, used }: Trait, zh: boolean) => {
    const { words } = used.feature
    if (zh) return apart > 0 ? words.moreZh : words.lessZh
    return apart > 0 ? words.more : words.less
  }
  const en = told.map((trait) => word(trait, false)).join(', ')
  return [en.charAt(0).toUpperCase() + en.slice(1), told.map((trait) => word(trait, true)).join('、')]
}

export interface Shares {
  readonly rows: number
  readonly share: number
  /** Part of what all spent. */
  readonly revenue: number | undefined
}

function sentences(
  traits: readonly Trait[],
  { rows, share, revenue }: Shares,
): Pick<Named, 'sentence' | 'sentenceZh'> {
  const told = strongest(traits, 3)
  const figure = (value: number, { feature }: Used) =>
    feature.level ? percent(value) : String(Number(value.toPrecision(3)))
  const money = revenue === undefined ? '' : ` bring ${percent(revenue)} of revenue`
  const moneyZh = revenue === undefined ? '' : `，贡献 ${percent(revenue)} 的消费`
  const en = told.map(
    ({ used, median: own, ofAll }) =>
      `${used.feature.words.title} ${figure(own, used)} (all: ${figure(ofAll, used)})`,
  )
  const zh = told.map(
    ({ used, median: own, ofAll }) =>
      `${used.feature.words.titleZh} ${figure(own, used)}（总体 ${figure(ofAll, used)}）`,
  )
  return {
    sentence: `${wholeText(rows)} (${percent(share)})${money}${en.length > 0 ? `: ${en.join(', ')}` : ''}`,
    sentenceZh: `${wholeText(rows)} 位（${percent(share)}）${moneyZh}${zh.length > 0 ? `：${zh.join('，')}` : ''}`,
  }
}
