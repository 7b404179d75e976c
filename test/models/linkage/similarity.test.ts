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
