/** Traditional characters as simplified ones: for comparison, and for output where it is asked for. */

const HAN = /[\u3400-\u9fff\uf900-\ufaff]/

export interface Simplified {
  /** A text as a reader expects it: words are known, 乾隆 stays and 乾淨 becomes 干净. */
  text(text: string): string
  /** For keys: each character by itself, so that it always becomes the same; many times faster. */
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
  const known = new Map<string, string>()
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
