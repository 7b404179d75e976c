/** What a cluster is called, and one sentence about it, from what sets it apart. */
import { percent, wholeText } from '../../core/numerals.ts'
import { present } from '../../models/cluster/transform.ts'
import { mean, median } from '../../models/quantile.ts'
import type { Described, Said, Unit } from './features.ts'
import type { Used } from './prepared.ts'

/** How a cluster stands to all rows in a feature. */
export interface Trait {
  readonly used: Used
  /** Of the rows that have a value; of a level of a category its share: a median would be all or nothing. */
  readonly median: number
  readonly ofAll: number
  readonly mean: number
  readonly meanOfAll: number
  /** Difference of the means in standard deviations of all. */
  readonly apart: number
  /** Part of the rows that have a value. */
  readonly known: number
}

export interface Named {
  readonly en: string
  readonly zh: string
  readonly sentence: string
  readonly sentenceZh: string
}

/** Less than this is no difference that one would name a cluster for. */
const NOTABLE = 0.3
/** Nor one that few of its rows show. */
const KNOWN = 0.5

/** Of each cluster, by its rows and by how far it is apart in each feature. */
export function traitsOf(
  used: readonly Used[],
  members: readonly (readonly number[])[],
  apart: readonly (readonly number[])[],
): Trait[][] {
  const all = used.map((each) => summed(each, each.values))
  return members.map((rows, c) =>
    used.map((each, i) => {
      const own = summed(
        each,
        Float64Array.from(rows, (row) => each.values[row] as number),
      )
      const { middle: ofAll, mean: meanOfAll } = all[i] as Summed
      return {
        used: each,
        median: own.middle,
        ofAll,
        mean: own.mean,
        meanOfAll,
        apart: apart[c]?.[i] as number,
        known: own.count / rows.length,
      }
    }),
  )
}

interface Summed {
  readonly middle: number
  readonly mean: number
  readonly count: number
}

function summed({ feature }: Used, values: Float64Array): Summed {
  const there = present(values)
  const average = mean(there)
  return { middle: feature.level ? average : median(there), mean: average, count: there.length }
}

/** What a cluster is named for, the most telling first. */
export function deciding(traits: readonly Trait[], most: number): Trait[] {
  return traits
    .filter((trait) => Math.abs(trait.apart) >= NOTABLE && trait.known > KNOWN && isSeen(trait))
    .sort((a, b) => Math.abs(b.apart) - Math.abs(a.apart))
    .slice(0, most)
}

/** Do its figures differ as they are printed, and as the words say? */
function isSeen(trait: Trait): boolean {
  const [own, all] = figuresOf(trait)
  return own !== all && trait.mean > trait.meanOfAll === trait.apart > 0
}

/** Names that no two clusters share. */
export function namesOf(
  clusters: readonly (readonly Trait[])[],
  shares: readonly Shares[],
  things: Described['things'],
): Named[] {
  const taken = new Map<string, number>()
  return clusters.map((traits, i) => {
    const [en, zh] = called(traits)
    const times = (taken.get(en) ?? 0) + 1
    taken.set(en, times)
    const suffix = times === 1 ? '' : ` ${times}`
    return { en: en + suffix, zh: zh + suffix, ...sentences(traits, shares[i] as Shares, things) }
  })
}

function called(traits: readonly Trait[]): [en: string, zh: string] {
  const told = deciding(traits, 2).map(saidOf)
  if (told.length === 0) return ['Like most', '与总体相近']
  const en = told.map(({ name }) => name).join(', ')
  return [en.charAt(0).toUpperCase() + en.slice(1), told.map(({ nameZh }) => nameZh).join('、')]
}

const saidOf = ({ apart, used }: Trait): Said =>
  apart > 0 ? used.feature.words.more : used.feature.words.less

export interface Shares {
  readonly rows: number
  readonly share: number
  /** Part of what all spent. */
  readonly revenue: number | undefined
}

/** "362 customers (31.2 %), 83.0 % of revenue: they buy often (6 times, all: 1)". */
function sentences(
  traits: readonly Trait[],
  { rows, share, revenue }: Shares,
  things: Described['things'],
): Pick<Named, 'sentence' | 'sentenceZh'> {
  if (rows === 0)
    return { sentence: `no ${things}`, sentenceZh: things === 'customer' ? '没有客户' : '没有行' }
  const told = deciding(traits, 3)
  const money = revenue === undefined ? '' : `, ${percent(revenue)} of revenue`
  const moneyZh = revenue === undefined ? '' : `，占消费的 ${percent(revenue)}`
  const en = told.map((trait) => `${saidOf(trait).says} (${compared(trait)})`).join(', ')
  const zh = told.map((trait) => `${saidOf(trait).saysZh}（${comparedZh(trait)}）`).join('，')
  const who = things === 'customer' ? 'they ' : ''
  const like = 'in every figure near the middle of all'
  const counted = `${wholeText(rows)} ${things}${rows === 1 ? '' : 's'}`
  return {
    sentence: `${counted} (${percent(share)})${money}: ${en === '' ? like : who + en}`,
    sentenceZh: `${wholeText(rows)} ${things === 'customer' ? '位客户' : '行'}（${percent(share)}）${moneyZh}：${zh === '' ? '各项都接近总体' : zh}`,
  }
}

// Figures ----------------------------------------------------------------------------------------------

/** Medians, or means where these do not differ; as they are printed. */
function figuresOf(trait: Trait): [own: string, all: string] {
  const { unit } = trait.used.feature.words
  const [own, all] = [figure(trait.median, unit), figure(trait.ofAll, unit)]
  return own === all ? [figure(trait.mean, unit), figure(trait.meanOfAll, unit)] : [own, all]
}

const isOfMeans = ({ median: own, ofAll, used }: Trait): boolean =>
  figure(own, used.feature.words.unit) === figure(ofAll, used.feature.words.unit)

const MANY = 100

function figure(value: number, unit: Unit): string {
  if (unit === 'share') return percent(value)
  if (Math.abs(value) >= MANY) return wholeText(Math.round(value))
  return unit === 'money' ? value.toFixed(2) : String(Number(value.toPrecision(3)))
}

function compared(trait: Trait): string {
  const [own, all] = figuresOf(trait)
  const unit = UNITS[trait.used.feature.words.unit]?.(own) ?? ''
  return `${own}${unit}${isOfMeans(trait) ? ' on average' : ''}, all: ${all}`
}

function comparedZh(trait: Trait): string {
  const [own, all] = figuresOf(trait)
  const unit = UNITS_ZH[trait.used.feature.words.unit] ?? ''
  return `${isOfMeans(trait) ? '平均 ' : ''}${own}${unit}，总体 ${all}${unit}`
}

const UNITS: Readonly<Partial<Record<Unit, (figure: string) => string>>> = {
  days: (own) => (own === '1' ? ' day' : ' days'),
  times: (own) => (own === '1' ? ' time' : ' times'),
}
const UNITS_ZH: Readonly<Partial<Record<Unit, string>>> = { days: ' 天', times: ' 次' }
