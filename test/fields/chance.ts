/** Seeded chance, and cells that were damaged by it. */

export interface Chance {
  /** A whole number from `from` to `to`. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}

/** Steps of the minimal standard generator (Park and Miller 1988). */
export function chance(seed: number): Chance {
  let state = (seed % 2147483646) + 1
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return { whole, pick: (list) => list[whole(0, list.length - 1)] as (typeof list)[number] }
}

const LETTERS = [...'0123456789 -/.,:+()\'"eE_TZapmx%$€元万年月日\t\u00a0\u202f\u3000０１，．–\u200eéK']

/** The text with one to three characters put in, taken out, changed or doubled. */
export function damaged(text: string, { whole, pick }: Chance): string {
  const characters = [...text]
  for (let i = whole(1, 3); i > 0; i--) {
    const at = whole(0, characters.length)
    const change = pick(['in', 'out', 'other', 'twice'] as const)
    if (change === 'in') characters.splice(at, 0, pick(LETTERS))
    else if (change === 'out') characters.splice(at, 1)
    else if (change === 'other') characters.splice(at, 1, pick(LETTERS))
    else characters.splice(at, 0, ...characters.slice(at, at + whole(1, 4)))
  }
  return characters.join('')
}
