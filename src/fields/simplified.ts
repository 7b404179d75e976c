/** Traditional characters as simplified ones: for comparison, and for output where it is asked for. */

/** Other forms of a character, old or Japanese, that people are registered with, each above its usual one. */
const VARIANTS = '呉寗甯淸擧廸衞靑寳髙濵邉徳沢広桜栄関恵姫塩鉄児暎昻兪氷勲羗崐暁竜亀郞戸'
const USUAL = '吴宁宁清举迪卫青宝高滨边德泽广樱荣关惠姬盐铁儿映昂俞冰勋羌昆晓龙龟郎户'

const HAN = /[\u3400-\u9fff\uf900-\ufaff]/

export interface Simplified {
  /** A text as a reader expects it: words are known, 乾隆 stays and 乾淨 becomes 干净. */
  text(text: string): string
  /** For keys: each character by itself, so that it always becomes the same, whatever its form; many times faster. */
  key(text: string): string
}

let loaded: Promise<Simplified> | undefined

/** The tables take a tenth of a second to load, so nothing is loaded before somebody asks. */
export function loadSimplified(): Promise<Simplified> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Simplified> {
  const { Converter } = await import('opencc-js/t2cn')
  const convert = Converter({ from: 't', to: 'cn' })
  const known = new Map([...VARIANTS].map((variant, i) => [variant, [...USUAL][i] as string]))
  const character = (one: string): string => {
    const simple = known.get(one) ?? convert(one)
    known.set(one, simple)
    return simple
  }
  return {
    text: (text) => (HAN.test(text) ? convert(text) : text),
    key: (text) => (HAN.test(text) ? Array.from(text, character).join('') : text),
  }
}
