/** Finds the province, city and district that an address begins with, whether written in full, in short, or not at all. */
import { allRegions, type Region, shortRegion } from './chineseRegions.ts'

export interface Cut {
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  /** What follows. */
  readonly rest: string
}

interface Name {
  readonly text: string
  readonly regions: readonly Region[]
  readonly isShort: boolean
}

/** By its first character: the names that begin with it, the long ones first. */
let names: ReadonlyMap<string, readonly Name[]> | undefined

function namesBy(): ReadonlyMap<string, readonly Name[]> {
  const found = new Map<string, { text: string; regions: Region[]; isShort: boolean }>()
  const add = (text: string, region: Region, isShort: boolean): void => {
    const known = found.get(text) ?? { text, regions: [], isShort }
    known.regions.push(region)
    found.set(text, known)
  }
  const regions = allRegions()
  for (const region of regions) add(region.name, region, false)
  for (const region of regions) {
    const short = shortRegion(region.name)
    if (short) add(short, region, true)
  }
  const byFirst = new Map<string, Name[]>()
  for (const name of found.values()) {
    const first = name.text.slice(0, 1)
    byFirst.set(first, [...(byFirst.get(first) ?? []), name])
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.text.length - a.text.length)
  return byFirst
}

/** After a short name these show that it is that of a road or a place: 中山路, 南京西路, 长安街, 朝阳小区. */
const NOT_A_REGION =
  /^(?:[东西南北中一二三四五六七八九十]{0,2}(?:路|街|大道|道|大街|巷|弄|胡同|里|村|桥|门|湖|站|公园|广场|小区|花园|苑|大厦|中心|新村|新城|段))/
const DISTRICT = /^[\u4e00-\u9fff]{1,5}?(?<![小园社校景库住开工])(?:区|县|市|旗)(?!域|间|委|场)/
const TOWN = /^[\u4e00-\u9fff]{1,5}?(?:街道(?:办事处)?|镇|乡)(?![东南西北中江海路街道村])/

type Found = Pick<Cut, 'province' | 'city' | 'district'>

export function cutRegions(text: string): Cut {
  names ??= namesBy()
  let rest = text.replace(/^(?:中华人民共和国|中国(?!\p{L}{0,3}(?:银行|石|移动|电信|联通)))/u, '')
  rest = rest.replace(/^\d{6}(?=\p{L})/u, '')
  let found: Found = { province: '', city: '', district: '' }
  for (let round = 0; round < 6; round++) {
    const next = step(names, rest, found)
    if (next === undefined) break
    found = next.found
    rest = rest.slice(next.length)
  }
  return withTown(withUnknownDistrict(found, rest))
}

/** The next name of a region that goes with those found before. */
function step(
  all: ReadonlyMap<string, readonly Name[]>,
  rest: string,
  found: Found,
): { found: Found; length: number } | undefined {
  if (/^(?:市辖区|省直辖县级行政区划|自治区直辖县级行政区划)/.test(rest))
    return { found, length: /^[^区划]+[区划]+/.exec(rest)?.[0].length ?? 3 }
  for (const { text, regions, isShort } of all.get(rest.slice(0, 1)) ?? []) {
    if (!rest.startsWith(text)) continue
    if (isShort && !isRegion(all, rest.slice(text.length))) continue
    const fitting = regions.filter((region) => fits(region, found))
    const best = isShort ? shortChoice(fitting, found) : fitting
    if (best.length > 0) return { found: joined(best, found), length: text.length }
  }
  return undefined
}

/** Is a short name with this behind it that of a region? 杭州西湖区 yes, 中山西路 and 大理市 (in 大理州) no. */
function isRegion(all: ReadonlyMap<string, readonly Name[]>, behind: string): boolean {
  if (/^[市区县州盟旗]/.test(behind)) return false
  if (!NOT_A_REGION.test(behind)) return true
  const next = all.get(behind.slice(0, 1)) ?? []
  return next.some(({ text, isShort }) => !isShort && behind.startsWith(text))
}

/** A region below what is known, or the same again (北京市北京市, 南京南京市). */
function fits(region: Region, { province, city, district }: Found): boolean {
  if (district !== '') return false
  if (city !== '' && region.city !== city && region.level !== 'province') return false
  return province === '' || region.province === province
}

/** A short name stands for the highest region of that name; for a district only inside of a known city. */
function shortChoice(regions: readonly Region[], { city }: Found): readonly Region[] {
  const level = (['province', 'city', 'district'] as const).find((each) =>
    regions.some((one) => one.level === each),
  )
  if (level === 'district' && city === '') return []
  return regions.filter((region) => region.level === level)
}

/** What the regions of one name agree on, and the levels above them: 鼓楼区 alone has no city. */
function joined(regions: readonly Region[], found: Found): Found {
  const same = (part: 'province' | 'city' | 'district'): string => {
    const first = regions[0]?.[part] ?? ''
    return regions.every((region) => region[part] === first) ? first : ''
  }
  return {
    province: found.province || same('province'),
    city: found.city || same('city') || cityItself(regions),
    district: same('district'),
  }
}

/** The four cities that are a province are the city too. */
function cityItself([region]: readonly Region[]): string {
  return region?.level === 'province' && region.name.endsWith('市') ? region.name : ''
}

/** Behind a known city a district that the table does not have. */
function withUnknownDistrict(found: Found, rest: string): Found & { rest: string } {
  const district = found.district === '' && found.city !== '' ? (DISTRICT.exec(rest)?.[0] ?? '') : ''
  return { ...found, district: found.district || district, rest: rest.slice(district.length) }
}

function withTown(found: Found & { rest: string }): Cut {
  const town = found.city || found.district ? (TOWN.exec(found.rest)?.[0] ?? '') : ''
  return { ...found, town, rest: found.rest.slice(town.length) }
}
