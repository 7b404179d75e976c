import { describe, expect, test } from 'vitest'
import { editsUpTo, jaroWinkler, levenshteinRatio } from '../../../src/models/linkage/similarity.ts'
import { commonOf, packLists, packWords } from '../../../src/models/linkage/words.ts'
import { mulberry32 } from '../../../src/models/random.ts'

/** The textbook recursions, written for reading. */
function distance(a: string, b: string, swaps: boolean): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const at = (back: number, side: number) => (rows[i - back] as number[])[side] as number
      const replaced = at(1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(replaced, at(1, j) + 1, (row[j - 1] as number) + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swaps && swapped) best = Math.min(best, at(2, j - 2) + 1)
      row.push(best)
    }
    rows.push(row)
  }
  return (rows[a.length] as number[])[b.length] as number
}

/** Winkler (1990): no boost below 0.7, and whole transpositions, as in his program strcmp95 and the engine. */
function winkler(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 1 : 0
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Set<number>()
  const matched: string[] = []
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - window); j <= Math.min(b.length - 1, i + window); j++) {
      if (taken.has(j) || a[i] !== b[j]) continue
      taken.add(j)
      matched.push(a[i] as string)
      break
    }
  }
  if (matched.length === 0) return 0
  const others = [...taken].sort((x, y) => x - y).map((j) => b[j])
  const moved = Math.floor(matched.filter((letter, i) => letter !== others[i]).length / 2)
  const c = matched.length
  const jaro = (c / a.length + c / b.length + (c - moved) / c) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro < 0.7 ? jaro : jaro + 0.1 * prefix * (1 - jaro)
}

function drawnWords(count: number, longest: number, letters: string): string[] {
  const random = mulberry32(11)
  const draw = (below: number) => Math.floor(random() * below)
  return Array.from({ length: count }, () =>
    Array.from({ length: draw(longest + 1) }, () => letters[draw(letters.length)]).join(''),
  )
}

describe('Jaro and Winkler', () => {
  // Winkler (1990) and the tables that cite it.
  test.each([
    ['MARTHA', 'MARHTA', 0.961],
    ['DIXON', 'DICKSONX', 0.813],
    ['DWAYNE', 'DUANE', 0.84],
    ['JONES', 'JOHNSON', 0.832],
    ['ABROMS', 'ABRAMS', 0.922],
    ['SHACKLEFORD', 'SHACKELFORD', 0.982],
    ['NICHLESON', 'NICHULSON', 0.956],
    ['欧阳娜娜', '欧阳娜', 0.942],
    ['ABC', 'XYZ', 0],
  ])('%s and %s', (a, b, published) => {
    expect(jaroWinkler(packWords([a, b]))(0, 1)).toBeCloseTo(published, 3)
  })

  test.each([
    ['few letters', drawnWords(120, 8, 'abc'), 0.7],
    ['names', drawnWords(120, 12, 'aeinrst'), 0.75],
    ['e-mail addresses', drawnWords(120, 24, 'abcdeinrst.').map((word) => `${word}@mail.com`), 0.8],
    [
      'words longer than a number has bits',
      drawnWords(60, 45, 'abcdeinrst').map((word) => `${word}xyz`),
      0.8,
    ],
  ])('%s: as the textbook has it, or below the least', (_, list, least) => {
    const alike = jaroWinkler(packWords(list), least)
    let above = 0
    for (let i = 0; i < list.length; i++) {
      for (let j = 0; j < list.length; j++) {
        const meant = winkler(list[i] as string, list[j] as string)
        if (meant >= least) above++
        if (meant >= least || alike(i, j) !== 0) expect(alike(i, j)).toBeCloseTo(meant, 9)
      }
    }
    // Both sides of the bound are met.
    expect(above).toBeGreaterThan(list.length + 20)
    expect(above).toBeLessThan(0.9 * list.length ** 2)
  })

  test('both ways alike, and one for the same word', () => {
    const list = drawnWords(60, 9, 'abcd')
    const alike = jaroWinkler(packWords(list))
    for (let i = 0; i < list.length; i++) {
      expect(alike(i, i)).toBeCloseTo(1, 12)
      for (let j = 0; j < i; j++) expect(Math.abs(alike(i, j) - alike(j, i))).toBeLessThan(0.02)
    }
  })
})

describe('edits', () => {
  test.each([
    ['of few letters', drawnWords(120, 8, 'ab')],
    ['of many letters', drawnWords(120, 12, 'abcdefgh')],
    ['in Chinese', drawnWords(60, 5, '张伟玮王小明')],
    ['as long as addresses', drawnWords(40, 70, 'abc 1')],
  ])('words %s: as the textbook counts them', (_, list) => {
    const words = packWords(list)
    const [edits, ratio] = [editsUpTo(words, 2), levenshteinRatio(words)]
    list.forEach((a, i) => {
      list.forEach((b, j) => {
        expect(edits(i, j)).toBe(Math.min(3, distance(a, b, true)))
        const longer = Math.max(a.length, b.length, 1)
        expect(ratio(i, j)).toBeCloseTo(1 - distance(a, b, false) / longer, 12)
      })
    })
  })
})

test('numbers that two lists share', () => {
  const lists = packLists([[3, 1, 2], [2, 5, 3], [], [9]])
  expect(commonOf(lists, 0, 1)).toBe(2)
  expect(commonOf(lists, 0, 2)).toBe(0)
  expect(commonOf(lists, 1, 3)).toBe(0)
})
