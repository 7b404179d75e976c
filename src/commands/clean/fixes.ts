/** What is mended only where it is asked for: how names and addresses are written, and traditional characters. */
import { tidyChineseAddress } from '../../fields/chineseAddress.ts'
import { looksChineseName, tidyChineseName } from '../../fields/chineseName.ts'
import { properName, tidyAddress } from '../../fields/personName.ts'
import { loadSimplified } from '../../fields/simplified.ts'
import type { Rule } from './cellMender.ts'
import type { CleanColumn } from './columns.ts'
import type { Fix } from './options.ts'

/** The rules for a column, in the order in which they are applied. */
export async function fixRules({ meaning, taken }: CleanColumn, fixes: readonly Fix[]): Promise<Rule[]> {
  const rules: Rule[] = []
  const isName = meaning === 'name' || meaning === 'given' || meaning === 'surname'
  if (fixes.includes('simplified') && taken === 'text') {
    const { text } = await loadSimplified()
    rules.push(settled('simplified', text))
  }
  if (fixes.includes('names') && isName) {
    const kind = meaning === 'surname' ? 'surname' : 'name'
    rules.push(settled('name', (text) => (isHan(text) ? chineseName(text) : properName(text, kind))))
  }
  if (fixes.includes('addresses') && meaning === 'address') {
    rules.push(settled('address', (text) => (isHan(text) ? tidyChineseAddress(text) : tidyAddress(text))))
  }
  return rules
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
const chineseName = (text: string): string => (looksChineseName(text) ? tidyChineseName(text) : text)

/** A rule is applied until nothing changes any more; where that never comes, the text stays. */
function settled(rule: string, once: (text: string) => string): Rule {
  const apply = (text: string): string => {
    let now = once(text)
    for (let i = 0; i < MOST_TIMES; i++) {
      const next = once(now)
      if (next === now) return now.trim() === '' ? text : now
      now = next
    }
    return text
  }
  return { rule, apply }
}

const MOST_TIMES = 3
