/** Columns that belong together: an address of one row and a postcode of another are nobody's home. */
import { type Meaning, meaningOfHeader, wordsOf } from '../../fields/contactWords.ts'
import type { KeepRule, NamedColumn } from './keep.ts'

const HOME: readonly Meaning[] = ['address', 'city', 'district', 'region', 'country', 'postcode']
const NAME: readonly Meaning[] = ['given', 'surname']
/** Parts of an address and of a name that mean nothing by themselves. */
const HOME_PART =
  /\b(?:street|house|unit|apartment|apt|suite|floor|building|suburb|locality)\b|门牌|楼栋|街道/
const NAME_PART = /\b(?:middle|second|maiden)\b.*\bname\b|\b(?:prefix|suffix|title|salutation)$/
/** One customer may have several addresses. */
const WHICH =
  /^(?:billing|bill to|shipping|ship to|mailing|delivery|invoice|home|work|office|business|other|primary|secondary|permanent|postal|company|收货|发货|账单|家庭|单位|公司)/

/** Places of columns, in the order of the file; most stand alone. A survivor is chosen for all of a unit at once. */
export interface Unit {
  readonly columns: readonly number[]
  readonly rule?: KeepRule
  /** Those that the rule was written for; all without a rule. */
  readonly lead: readonly number[]
}

export function unitsOf(columns: readonly NamedColumn[], rules: ReadonlyMap<number, KeepRule>): Unit[] {
  const groups = new Map<string, number[]>()
  columns.forEach((column, place) => {
    const rule = rules.get(place)
    const key = rule?.kind === 'union' ? `union ${place}` : (groupOf(column) ?? `alone ${place}`)
    groups.set(key, [...(groups.get(key) ?? []), place])
  })
  return [...groups.values()].flatMap((places) => byRule(places, rules))
}

function groupOf({ header, meaning = meaningOfHeader(header) }: NamedColumn): string | undefined {
  const words = wordsOf(header)
  const which = WHICH.exec(words)?.[0] ?? ''
  if ((meaning && HOME.includes(meaning)) || HOME_PART.test(words)) return `home ${which}`
  if ((meaning && NAME.includes(meaning)) || NAME_PART.test(words)) return `name ${which}`
  return undefined
}

/** Whoever gives two columns of a group different rules wants them apart; the others stay with the first. */
function byRule(places: readonly number[], rules: ReadonlyMap<number, KeepRule>): Unit[] {
  const ruled = places.filter((place) => rules.has(place))
  const sorts = [...new Set(ruled.map((place) => JSON.stringify(rules.get(place))))]
  if (sorts.length === 0) return [{ columns: places, lead: places }]
  return sorts.map((sort, i) => {
    const lead = ruled.filter((place) => JSON.stringify(rules.get(place)) === sort)
    const others = i === 0 ? places.filter((place) => !rules.has(place)) : []
    const rule = rules.get(lead[0] as number) as KeepRule
    return { columns: [...lead, ...others].sort((a, b) => a - b), rule, lead }
  })
}
