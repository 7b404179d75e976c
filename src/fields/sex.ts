/** Cells that hold a sex, in the words of several languages. */
import { folded } from './text.ts'

export type Sex = 'male' | 'female'

const words: Readonly<Record<Sex, readonly string[]>> = {
  male: [
    'm',
    'male',
    'man',
    'boy',
    '男',
    '男性',
    '男士',
    'mr',
    'h',
    'homme',
    'männlich',
    'mann',
    'herr',
    'hombre',
  ],
  female: [
    'f',
    'female',
    'woman',
    'girl',
    '女',
    '女性',
    '女士',
    'mrs',
    'ms',
    'w',
    'femme',
    'weiblich',
    'frau',
    'mujer',
  ],
}

const known = new Map(
  (['male', 'female'] as const).flatMap((sex) => words[sex].map((word) => [word, sex] as const)),
)

/** Undefined for other words, and for numbers, whose meaning differs from file to file. */
export function readSex(value: string): Sex | undefined {
  return known.get(folded(value).replace(/\.$/, ''))
}
