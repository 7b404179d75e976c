/** Edits (insert, delete, replace, swap neighbours) from one word to another. */
function distance(from: string, to: string): number {
  let [older, old] = [[] as number[], Array.from({ length: to.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1
      let best = Math.min(at(old, j) + 1, at(row, j - 1) + 1, at(old, j - 1) + same)
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) best = Math.min(best, at(older, j - 2) + 1)
      row.push(best)
    }
    ;[older, old] = [old, row]
  }
  return at(old, to.length)
}

const at = (row: readonly number[], i: number): number => row[i] ?? Number.POSITIVE_INFINITY

/** The word that was probably meant; undefined when none is near. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const given = word.toLowerCase()
  const allowed = Math.max(1, Math.floor(given.length / 3))
  let [best, fewest]: [string | undefined, number] = [undefined, allowed + 1]
  for (const candidate of words) {
    const edits = distance(given, candidate.toLowerCase())
    if (edits < fewest) [best, fewest] = [candidate, edits]
  }
  return best ?? startingWith(given, words)
}

function startingWith(given: string, words: Iterable<string>): string | undefined {
  const found = [...words].filter((word) => given.length > 1 && word.toLowerCase().startsWith(given))
  return found.length === 1 ? found[0] : undefined
}
