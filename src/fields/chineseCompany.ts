/** Names of Chinese companies: the place in front, the name itself, the legal form behind, the branch. */
import { cutRegions } from './chineseRegionsCut.ts'
import { loadSounds } from './pinyin.ts'
import { loadSimplified } from './simplified.ts'

const FORM =
  /(?:集团)?(?:股份有限公司|有限责任公司|股份合作公司|控股有限公司|投资有限公司|有限公司|股份公司|总公司|公司|集团|控股|个人独资企业|普通合伙企业|有限合伙企业|合伙企业|合作社|经营部|工作室|商行)$/
const IN_BRACKETS = /\(([^)]*)\)/g
const BRANCH =
  /^(.*(?:公司|集团))(.{2,8}?)(?:第[一二三四五六七八九十\d]+)?(?:分公司|分店|营业部|办事处|分部|分行)$/
/** In brackets these say who owns the company or where, not what it is called. */
const ASIDE = /^(?:中国|有限合伙|普通合伙|集团|控股|特殊普通合伙)$/

export interface ChineseCompany {
  /** The city or province in front or in brackets, in full; empty where none is named. */
  readonly place: string
  /** What is left: the name and the trade. */
  readonly name: string
  /** 有限公司, 集团 and the like; several where several stand behind each other. */
  readonly form: string
  /** The place of a branch, as written. */
  readonly branch: string
}

/** The parts of a company's name in simplified characters; undefined where it has no legal form and no place. */
export function chineseCompany(text: string): ChineseCompany | undefined {
  const plain = text.normalize('NFKC').replace(/[\s·"“”'‘’]+/g, '')
  if (!/[\u3400-\u9fff]{2}/.test(plain)) return undefined
  const asides: string[] = []
  const bare = plain.replace(IN_BRACKETS, (_, aside: string) => {
    if (!ASIDE.test(aside)) asides.push(aside)
    return ''
  })
  const branch = BRANCH.exec(bare)
  const whole = branch?.[1] ?? bare
  const { name: named, form } = withoutForms(whole)
  if (form === '' && branch === null) return undefined
  const front = placeIn(named)
  const aside = asides.map(placeIn).find(({ place }) => place !== '')
  const extra = asides.filter((each) => placeIn(each).place === '').join('')
  return {
    place: front.place || (aside?.place ?? ''),
    name: front.rest + extra,
    form,
    branch: branch?.[2] ?? '',
  }
}

function withoutForms(text: string): { name: string; form: string } {
  let [name, form] = [text, '']
  for (let found = FORM.exec(name); found && found.index > 1; found = FORM.exec(name)) {
    form = found[0] + form
    name = name.slice(0, found.index)
  }
  return { name, form }
}

/** The place in front, unless less than two characters would be left. */
function placeIn(text: string): { place: string; rest: string } {
  const { province, city, town, rest } = cutRegions(text)
  const [place, tail] = [city || province, town + rest]
  return place === '' || tail.length === 1 ? { place: '', rest: text } : { place, rest: tail }
}

export interface ChineseCompanies {
  read(text: string): ChineseCompany | undefined
  /** The sounds of the name alone, and the branch; the text itself where it is no such name. */
  key(text: string): string
}

export async function loadChineseCompanies(): Promise<ChineseCompanies> {
  const [simplified, sounds] = await Promise.all([loadSimplified(), loadSounds()])
  const read = (text: string): ChineseCompany | undefined =>
    chineseCompany(simplified.key(text.normalize('NFKC')))
  const heard = (text: string): string => sounds.characters(text.toLowerCase()).join('')
  return {
    read,
    key: (text) => {
      const company = read(text)
      if (company === undefined) return text
      return [heard(company.name || company.place), heard(company.branch)].filter(Boolean).join(' ')
    },
  }
}
