/** Many short texts as one array of characters, so that millions of pairs are compared without a string made. */
export interface PackedWords {
  /** Word `i` is `units[starts[i]]` up to `units[starts[i + 1]]`. */
  readonly units: Uint16Array
  /** One more than there are words. */
  readonly starts: Uint32Array
}

/** For private use: there one unit stands for a character that UTF-16 needs two for. */
const [FIRST_STAND_IN, STAND_INS] = [0xe000, 0x1900]

/** Each character is one unit; of more than 6,400 rare ones in one column some are taken for the same. */
export function packWords(words: readonly string[]): PackedWords {
  const starts = new Uint32Array(words.length + 1)
  const units = new Uint16Array(words.reduce((sum, word) => sum + word.length, 0))
  const rare = new Map<number, number>()
  let end = 0
  words.forEach((word, i) => {
    for (let at = 0; at < word.length; at++) {
      let unit = word.charCodeAt(at)
      if (unit >= 0xd800 && unit < 0xdc00) {
        const character = word.codePointAt(at) as number
        if (character > 0xffff) {
          at++
          unit = rare.get(character) ?? FIRST_STAND_IN + (rare.size % STAND_INS)
          rare.set(character, unit)
        }
      }
      units[end++] = unit
    }
    starts[i + 1] = end
  })
  return { units: units.subarray(0, end), starts }
}

/** By word: how many characters it has. */
export const lengthsOf =
  ({ starts }: PackedWords) =>
  (word: number): number =>
    (starts[word + 1] as number) - (starts[word] as number)

/** Small sorted lists of numbers, one for each word. */
export interface Lists {
  readonly values: Int32Array
  readonly starts: Uint32Array
}

export function packLists(lists: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(lists.length + 1)
  lists.forEach((list, i) => {
    starts[i + 1] = (starts[i] as number) + list.length
  })
  const values = new Int32Array(starts[lists.length] as number)
  lists.forEach((list, i) => {
    values.set(
      [...list].sort((a, b) => a - b),
      starts[i],
    )
  })
  return { values, starts }
}

/** How many numbers two of the lists have in common. */
export function commonOf({ values, starts }: Lists, one: number, other: number): number {
  let i = starts[one] as number
  let j = starts[other] as number
  const endI = starts[one + 1] as number
  const endJ = starts[other + 1] as number
  let common = 0
  while (i < endI && j < endJ) {
    const a = values[i] as number
    const b = values[j] as number
    if (a === b) {
      common++
      i++
      j++
    } else if (a < b) i++
    else j++
  }
  return common
}

/** By list: the sum of the weights of its numbers; by number, `weights`. */
export function weightsOf({ values, starts }: Lists, weights: Float64Array): Float64Array {
  const sums = new Float64Array(starts.length - 1)
  for (let list = 0; list < sums.length; list++) {
    for (let i = starts[list] as number; i < (starts[list + 1] as number); i++) {
      sums[list] = (sums[list] as number) + (weights[values[i] as number] as number)
    }
  }
  return sums
}

/** The weight of what two of the lists have in common. */
export function commonWeight({ values, starts }: Lists, weights: Float64Array) {
  return (one: number, other: number): number => {
    let [i, j] = [starts[one] as number, starts[other] as number]
    const [endI, endJ] = [starts[one + 1] as number, starts[other + 1] as number]
    let weight = 0
    while (i < endI && j < endJ) {
      const [a, b] = [values[i] as number, values[j] as number]
      if (a === b) weight += weights[a] as number
      if (a <= b) i++
      if (b <= a) j++
    }
    return weight
  }
}
