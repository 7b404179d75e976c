/** Traditional characters as simplified ones, for comparison, and for output where it is asked for. */

const HAN = /[\u3400-\u9fff\uf900-\ufaff]/

export type Simplify = (text: string) => string

let loaded: Promise<Simplify> | undefined

/** The tables take a tenth of a second to load, so nothing is loaded before somebody asks. */
export function loadSimplify(): Promise<Simplify> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Simplify> {
  const { Converter } = await import('opencc-js/t2cn')
  const convert = Converter({ from: 't', to: 'cn' })
  return (text) => (HAN.test(text) ? convert(text) : text)
}
