/** How Chinese characters are read, in letters without tones. */

export interface Sounds {
  /** A surname of one or two characters as a surname: 单 shan, 曾 zeng, 尉迟 yu chi. */
  surname(text: string): string[]
  /** Each character by itself, so that it always reads the same; what is no Chinese character stays as it is. */
  characters(text: string): string[]
}

let loaded: Promise<Sounds> | undefined

/** The tables take a fifth of a second to load, so nothing is loaded before somebody asks. */
export function loadSounds(): Promise<Sounds> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Sounds> {
  const { pinyin } = await import('pinyin-pro')
  const read = (text: string, mode: 'normal' | 'surname'): string[] =>
    pinyin(text, { mode, toneType: 'none', type: 'array', v: true })
  const surname = remembered((text) => SURNAMES_APART[text] ?? read(text, 'surname'))
  const character = remembered((text) => read(text, 'normal'))
  return { surname, characters: (text) => [...text].flatMap(character) }
}

/** Surnames of two characters of which the first is a surname too. */
const SURNAMES_APART: Readonly<Record<string, string[]>> = { 单于: ['chan', 'yu'] }

function remembered(read: (text: string) => string[]): (text: string) => string[] {
  const known = new Map<string, string[]>()
  return (text) => {
    const sounds = known.get(text) ?? read(text)
    known.set(text, sounds)
    return sounds
  }
}
