/**
 * How alike two of many words are, by their characters. Each maker reserves its working memory once and gives
 * a function of two word numbers: it is called some ten million times.
 */
import type { PackedWords } from './words.ts'

export type Likeness = (one: number, other: number) => number

/** Weight of the common prefix, how much of it counts, and from which Jaro similarity on: Winkler (1990). */
const PREFIX_WEIGHT = 0.1
const LONGEST_PREFIX = 4
const BOOSTED_FROM = 0.7
const WORD_BITS = 32
/** Sums of quotients may miss a bound by so much that they reach. */
const ROUNDING = 1e-9

function longestOf({ starts }: PackedWords): number {
  let longest = 0
  for (let i = 1; i < starts.length; i++) {
    longest = Math.max(longest, (starts[i] as number) - (starts[i - 1] as number))
  }
  return longest
}

/**
 * Jaro's similarity with Winkler's boost for a common prefix, 0 to 1; two empty words are alike. 0 may stand for any
 * below `least`, which is 0.7 at least. Transpositions are whole ones, half of the letters out of place rounded down, as
 * in Winkler's own program strcmp95 and in DuckDB. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi-Sunter Model of Record Linkage" (1990).
 */
export function jaroWinkler(words: PackedWords, least = BOOSTED_FROM): Likeness {
  const { units, starts } = words
  const letters = lettersOf(words)
  const doubled = lettersOf(words, 2)
  // By length of the common prefix, the Jaro similarity without which the least is out of reach.
  const needed = Array.from({ length: LONGEST_PREFIX + 1 }, (_, prefix) =>
    Math.max(BOOSTED_FROM, (least - prefix * PREFIX_WEIGHT) / (1 - prefix * PREFIX_WEIGHT)),
  )
  const long = longJaro(words)
  const places = new Int32Array(1 << 16)
  return (one, other) => {
    const a = starts[one] as number
    const b = starts[other] as number
    const n = (starts[one + 1] as number) - a
    const m = (starts[other + 1] as number) - b
    if (n === 0 || m === 0) return n === m ? 1 : 0
    const lettersA = letters[one] as number
    const lettersB = letters[other] as number
    const twiceA = doubled[one] as number
    const twiceB = doubled[other] as number
    const most = Math.min(
      n - countBits(lettersA & ~lettersB) - countBits(twiceA & ~twiceB),
      m - countBits(lettersB & ~lettersA) - countBits(twiceB & ~twiceA),
    )
    let prefix = 0
    while (prefix < LONGEST_PREFIX && prefix < n && prefix < m && units[a + prefix] === units[b + prefix])
      prefix++
    const fewest = (3 * (needed[prefix] as number) - 1 - ROUNDING) / (1 / n + 1 / m)
    if (most < fewest) return 0
    if (n > WORD_BITS || m > WORD_BITS) return long(one, other, fewest)
    const window = Math.max(0, (Math.max(n, m) >> 1) - 1)
    for (let j = 0; j < m; j++)
      places[units[b + j] as number] = (places[units[b + j] as number] as number) | (1 << j)
    let marksA = 0
    let marksB = 0
    let matches = 0
    // Where a letter may stand in the other word: a stretch of bits that moves on with it.
    for (let i = 0, spared = n - Math.ceil(fewest); i < n && spared >= 0; i++) {
      const from = i > window ? -1 << (i - window) : -1
      const to = i + window + 1 < WORD_BITS ? ~(-1 << (i + window + 1)) : -1
      const free = (places[units[a + i] as number] as number) & from & to & ~marksB
      if (free === 0) {
        spared--
        continue
      }
      marksA |= 1 << i
      marksB |= free & -free
      matches++
    }
    for (let j = 0; j < m; j++) places[units[b + j] as number] = 0
    if (matches < fewest) return 0
    let moved = 0
    let j = 0
    for (let i = 0; i < n; i++) {
      if ((marksA & (1 << i)) === 0) continue
      while ((marksB & (1 << j)) === 0) j++
      if (units[a + i] !== units[b + j]) moved++
      j++
    }
    const jaro = (matches / n + matches / m + (matches - (moved >> 1)) / matches) / 3
    return boosted(jaro, units, { a, b, n, m })
  }
}

/** The letters that each word has at least once, or twice, as bits; several letters share one. */
function lettersOf({ units, starts }: PackedWords, times: 1 | 2 = 1): Int32Array {
  const letters = new Int32Array(starts.length - 1)
  for (let word = 0; word < letters.length; word++) {
    let once = 0
    let twice = 0
    for (let at = starts[word] as number; at < (starts[word + 1] as number); at++) {
      const bit = 1 << ((units[at] as number) & 31)
      twice |= once & bit
      once |= bit
    }
    letters[word] = times === 1 ? once : twice
  }
  return letters
}

function countBits(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

interface Places {
  readonly a: number
  readonly b: number
  readonly n: number
  readonly m: number
}

function boosted(jaro: number, units: Uint16Array, { a, b, n, m }: Places): number {
  if (jaro < BOOSTED_FROM) return jaro
  let prefix = 0
  const most = Math.min(LONGEST_PREFIX, n, m)
  while (prefix < most && units[a + prefix] === units[b + prefix]) prefix++
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro)
}

/** The same for words of more characters than a number has bits. */
function longJaro(words: PackedWords): (one: number, other: number, fewest: number) => number {
  const { units, starts } = words
  const longest = longestOf(words)
  const marksA = new Uint8Array(longest)
  const marksB = new Uint8Array(longest)
  return (one, other, fewest) => {
    const a = starts[one] as number
    const b = starts[other] as number
    const n = (starts[one + 1] as number) - a
    const m = (starts[other + 1] as number) - b
    const window = Math.max(0, (Math.max(n, m) >> 1) - 1)
    marksA.fill(0, 0, n)
    marksB.fill(0, 0, m)
    let matches = 0
    for (let i = 0; i < n; i++) {
      if (matches + n - i < fewest) return 0
      const end = Math.min(m, i + window + 1)
      const unit = units[a + i]
      for (let j = Math.max(0, i - window); j < end; j++) {
        if (units[b + j] !== unit || marksB[j] !== 0) continue
        marksA[i] = 1
        marksB[j] = 1
        matches++
        break
      }
    }
    if (matches === 0) return 0
    let moved = 0
    let j = 0
    for (let i = 0; i < n; i++) {
      if (marksA[i] === 0) continue
      while (marksB[j] === 0) j++
      if (units[a + i] !== units[b + j]) moved++
      j++
    }
    const jaro = (matches / n + matches / m + (matches - (moved >> 1)) / matches) / 3
    return boosted(jaro, units, { a, b, n, m })
  }
}

/**
 * Edits from one word to the other, where a swap of two neighbours is one (optimal string alignment); `most + 1`
 * stands for any more than `most`.
 */
export function editsUpTo(words: PackedWords, most: number): Likeness {
  const { units, starts } = words
  const letters = lettersOf(words)
  const doubled = lettersOf(words, 2)
  const width = longestOf(words) + 1
  const rows = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)]
  // An edit brings one letter that is not there.
  const missing = (one: number, other: number) =>
    countBits((letters[one] as number) & ~(letters[other] as number)) +
    countBits((doubled[one] as number) & ~(doubled[other] as number))
  return (one, other) => {
    let a = starts[one] as number
    let b = starts[other] as number
    let endA = starts[one + 1] as number
    let endB = starts[other + 1] as number
    if (Math.abs(endA - a - (endB - b)) > most) return most + 1
    if (missing(one, other) > most || missing(other, one) > most) return most + 1
    while (a < endA && b < endB && units[a] === units[b]) {
      a++
      b++
    }
    while (a < endA && b < endB && units[endA - 1] === units[endB - 1]) {
      endA--
      endB--
    }
    const n = endA - a
    const m = endB - b
    if (n === 0 || m === 0) return Math.min(most + 1, Math.max(n, m))
    // Cells farther from the diagonal than the most edits cannot matter.
    let before = rows[0] as Uint16Array
    let last = rows[1] as Uint16Array
    let row = rows[2] as Uint16Array
    for (let j = 0; j <= Math.min(m, most); j++) last[j] = j
    if (most < m) last[most + 1] = most + 1
    for (let i = 1; i <= n; i++) {
      const from = Math.max(1, i - most)
      const to = Math.min(m, i + most)
      row[from - 1] = from === 1 ? i : most + 1
      let least = row[from - 1] as number
      const unit = units[a + i - 1]
      for (let j = from; j <= to; j++) {
        const same = units[b + j - 1] === unit
        let edits = (last[j - 1] as number) + (same ? 0 : 1)
        const above = (last[j] as number) + 1
        if (above < edits) edits = above
        const beside = (row[j - 1] as number) + 1
        if (beside < edits) edits = beside
        if (i > 1 && j > 1 && !same && unit === units[b + j - 2] && units[a + i - 2] === units[b + j - 1]) {
          const swapped = (before[j - 2] as number) + 1
          if (swapped < edits) edits = swapped
        }
        row[j] = edits
        if (edits < least) least = edits
      }
      if (to < m) row[to + 1] = most + 1
      if (least > most) return most + 1
      const free = before
      before = last
      last = row
      row = free
    }
    return Math.min(most + 1, last[m] as number)
  }
}

/**
 * One minus the Levenshtein distance over the length of the longer word, 0 to 1; 0 stands for any that letters and
 * lengths tell to be below `least`. The distance by Myers, "A fast
 * bit-vector algorithm for approximate string matching based on dynamic programming" (1999), in Hyyro's form.
 */
export function levenshteinRatio(words: PackedWords, least = 0): Likeness {
  const { units, starts } = words
  const letters = lettersOf(words)
  const bits = new Int32Array(1 << 16)
  const row = new Uint16Array(longestOf(words) + 1)
  return (one, other) => {
    let a = starts[one] as number
    let b = starts[other] as number
    let endA = starts[one + 1] as number
    let endB = starts[other + 1] as number
    const longer = Math.max(endA - a, endB - b)
    if (longer === 0) return 1
    const lettersA = letters[one] as number
    const lettersB = letters[other] as number
    const edits = Math.max(
      Math.abs(endA - a - (endB - b)),
      countBits(lettersA & ~lettersB),
      countBits(lettersB & ~lettersA),
    )
    if (1 - edits / longer < least) return 0
    while (a < endA && b < endB && units[a] === units[b]) {
      a++
      b++
    }
    while (a < endA && b < endB && units[endA - 1] === units[endB - 1]) {
      endA--
      endB--
    }
    if (endA - a > endB - b) [a, b, endA, endB] = [b, a, endB, endA]
    const n = endA - a
    const m = endB - b
    if (n === 0) return 1 - m / longer
    if (n > WORD_BITS) return 1 - plainDistance({ units, row }, [a, endA], [b, endB]) / longer
    for (let i = 0; i < n; i++)
      bits[units[a + i] as number] = (bits[units[a + i] as number] as number) | (1 << i)
    let up = -1
    let down = 0
    let distance = n
    const top = 1 << (n - 1)
    for (let j = b; j < endB; j++) {
      const equal = bits[units[j] as number] as number
      const vertical = equal | down
      const horizontal = (((equal & up) + up) ^ up) | equal
      let plus = down | ~(horizontal | up)
      let minus = up & horizontal
      if ((plus & top) !== 0) distance++
      if ((minus & top) !== 0) distance--
      plus = (plus << 1) | 1
      minus <<= 1
      up = minus | ~(vertical | plus)
      down = plus & vertical
    }
    for (let i = 0; i < n; i++) bits[units[a + i] as number] = 0
    return 1 - distance / longer
  }
}

type Stretch = readonly [from: number, to: number]

function plainDistance(
  { units, row }: { readonly units: Uint16Array; readonly row: Uint16Array },
  [a, endA]: Stretch,
  [b, endB]: Stretch,
): number {
  for (let j = 0; j <= endB - b; j++) row[j] = j
  for (let i = a; i < endA; i++) {
    let corner = row[0] as number
    row[0] = i - a + 1
    for (let j = b; j < endB; j++) {
      const above = row[j - b + 1] as number
      const replaced = corner + (units[i] === units[j] ? 0 : 1)
      row[j - b + 1] = Math.min(replaced, above + 1, (row[j - b] as number) + 1)
      corner = above
    }
  }
  return row[endB - b] as number
}
