/** Rules as people write them: `amount = price * quantity and status in ('paid', 'sent')`. */
import { CustError } from '../../../core/errors.ts'

export type Node =
  | { readonly is: 'number'; readonly value: number; readonly at: number }
  | { readonly is: 'text'; readonly value: string; readonly at: number }
  | { readonly is: 'column'; readonly name: string; readonly at: number }
  | { readonly is: 'call'; readonly name: string; readonly given: readonly Node[]; readonly at: number }
  | {
      readonly is: 'two'
      readonly sign: string
      readonly left: Node
      readonly right: Node
      readonly at: number
    }
  | { readonly is: 'not'; readonly of: Node; readonly at: number }
  | { readonly is: 'minus'; readonly of: Node; readonly at: number }
  | { readonly is: 'in'; readonly of: Node; readonly list: readonly Node[]; readonly at: number }
  | {
      readonly is: 'between'
      readonly of: Node
      readonly low: Node
      readonly high: Node
      readonly at: number
    }
  | { readonly is: 'empty'; readonly of: Node; readonly at: number }
  | { readonly is: 'matches'; readonly of: Node; readonly pattern: string; readonly at: number }

export interface Expression {
  readonly source: string
  readonly node: Node
}

/** Throws CustError('usage') with the place that cannot be understood. */
export function expression(source: string): Expression {
  const tokens = tokensOf(source)
  const parser = parserOver(source, tokens)
  const node = parser.whole()
  return { source: source.trim(), node }
}

export function wrong(source: string, at: number, what: string, hint = ''): CustError {
  const shown = source.trim().replace(/\s+/g, ' ')
  const place = at >= source.length ? 'at its end' : `at character ${at + 1}`
  return new CustError('usage', `rule "${shown}": ${what}, ${place}`, hint)
}

// Words ----------------------------------------------------------------------------------------------

interface Token {
  readonly kind: 'number' | 'text' | 'word' | 'column' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?![\p{L}\p{N}_]))|'(?<text>(?:[^']|'')*)'|"(?<other>(?:[^"]|"")*)"|`(?<column>[^`]+)`|(?<word>[\p{L}\p{N}_][\p{L}\p{N}_.]*)|(?<sign><=|>=|<>|!=|==|[-=<>+*/%(),]))/uy

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; source.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const groups = TOKEN.exec(source)?.groups
    const place = at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0)
    if (!groups) throw wrong(source, place, `"${source[place]}" has no meaning here`, HELP)
    const { number, text, other, column, word, sign } = groups
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at: place })
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'"), at: place })
    else if (other !== undefined) tokens.push({ kind: 'text', text: other.replaceAll('""', '"'), at: place })
    else if (column !== undefined) tokens.push({ kind: 'column', text: column, at: place })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at: place })
    else tokens.push({ kind: 'sign', text: sign ?? '', at: place })
  }
  tokens.push({ kind: 'end', text: '', at: source.length })
  return tokens
}

const HELP =
  "for example: amount > 0, status in ('paid', 'sent'), `Order Date` <= today(), phone matches '^1', email is not empty"

// Sentences ------------------------------------------------------------------------------------------

const COMPARED = ['=', '==', '<>', '!=', '<', '<=', '>', '>=']
const MEANT_WORDS = ['and', 'or', 'not', 'in', 'between', 'is', 'empty', 'matches', 'implies', 'if', 'then']
/** Deeper brackets are no rule that anyone reads. */
const DEEPEST = 60

function parserOver(source: string, tokens: readonly Token[]) {
  let next = 0
  let depth = 0
  const token = (): Token => tokens[next] as Token
  const fail = (what: string, { at }: Token = token()) => wrong(source, at, what, HELP)
  const isWord = (word: string): boolean => token().kind === 'word' && token().text.toLowerCase() === word
  const isSign = (...signs: string[]): boolean => token().kind === 'sign' && signs.includes(token().text)
  const takeIf = (found: boolean): boolean => {
    if (found) next++
    return found
  }
  const need = (found: boolean, what: string): void => {
    if (!takeIf(found)) throw fail(`${what} is missing`)
  }

  const whole = (): Node => {
    const node = implication()
    if (token().kind !== 'end') throw fail(`"${token().text}" is not expected`)
    return node
  }

  /** `if A then B` is `A implies B`: not A, or B. */
  const implication = (): Node => {
    if (++depth > DEEPEST) throw fail('too many brackets')
    const { at } = token()
    const isIf = takeIf(isWord('if'))
    const left = choices()
    if (isIf) need(isWord('then'), '"then"')
    const isImplied = isIf || takeIf(isWord('implies'))
    depth--
    if (!isImplied) return left
    return { is: 'two', sign: 'or', left: { is: 'not', of: left, at }, right: choices(), at }
  }

  const chain = (part: () => Node, found: () => string | undefined): Node => {
    let left = part()
    for (let sign = found(); sign !== undefined; sign = found()) {
      const { at } = token()
      next++
      left = { is: 'two', sign, left, right: part(), at }
    }
    return left
  }
  const signed =
    (...signs: string[]) =>
    () =>
      isSign(...signs) ? token().text : undefined
  const choices = (): Node =>
    chain(
      () => conditions(),
      () => (isWord('or') ? 'or' : undefined),
    )
  const conditions = (): Node =>
    chain(
      () => negation(),
      () => (isWord('and') ? 'and' : undefined),
    )
  const sum = (): Node => chain(() => product(), signed('+', '-'))
  const product = (): Node => chain(() => factor(), signed('*', '/', '%'))

  const negation = (): Node => {
    const { at } = token()
    return takeIf(isWord('not')) ? { is: 'not', of: negation(), at } : comparison()
  }

  const comparison = (): Node => {
    const left = sum()
    const { at, text } = token()
    if (takeIf(isSign(...COMPARED))) {
      const sign = text === '==' ? '=' : text === '!=' ? '<>' : text
      return { is: 'two', sign, left, right: sum(), at }
    }
    if (takeIf(isWord('is'))) {
      const isNot = takeIf(isWord('not'))
      need(isWord('empty'), '"empty"')
      return negated(isNot, { is: 'empty', of: left, at })
    }
    const isNot = takeIf(isWord('not'))
    if (takeIf(isWord('in'))) return negated(isNot, { is: 'in', of: left, list: list(), at })
    if (takeIf(isWord('between'))) {
      const low = sum()
      need(isWord('and'), '"and"')
      return negated(isNot, { is: 'between', of: left, low, high: sum(), at })
    }
    if (takeIf(isWord('matches'))) return negated(isNot, { is: 'matches', of: left, pattern: pattern(), at })
    if (isNot) throw fail('"in", "between" or "matches" is missing')
    return left
  }

  const negated = (isNot: boolean, node: Node): Node => (isNot ? { is: 'not', of: node, at: node.at } : node)

  const pattern = (): string => {
    const { kind, text } = token()
    need(kind === 'text', 'a pattern in quotes')
    return text
  }

  const list = (): Node[] => {
    need(isSign('('), '"("')
    const nodes: Node[] = []
    do nodes.push(sum())
    while (takeIf(isSign(',')))
    need(isSign(')'), '")"')
    return nodes
  }

  const factor = (): Node => {
    const { at } = token()
    return takeIf(isSign('-')) ? { is: 'minus', of: factor(), at } : primary()
  }

  const primary = (): Node => {
    const { kind, text, at } = token()
    if (takeIf(kind === 'number')) return { is: 'number', value: Number(text), at }
    if (takeIf(kind === 'text')) return { is: 'text', value: text, at }
    if (takeIf(kind === 'column')) return { is: 'column', name: text, at }
    if (takeIf(isSign('('))) {
      const node = implication()
      need(isSign(')'), '")"')
      return node
    }
    if (kind !== 'word' || MEANT_WORDS.includes(text.toLowerCase())) {
      throw fail(kind === 'end' ? 'a value is missing' : `"${text}" stands where a value should`)
    }
    next++
    return isSign('(') ? call(text, at) : { is: 'column', name: text, at }
  }

  const call = (name: string, at: number): Node => {
    next++
    const given: Node[] = []
    if (!isSign(')')) {
      do given.push(implication())
      while (takeIf(isSign(',')))
    }
    need(isSign(')'), '")"')
    return { is: 'call', name: name.toLowerCase(), given, at }
  }

  return { whole }
}

/** The columns that an expression names, in its order, each once. */
export function columnsIn(node: Node): string[] {
  const found = (part: Node): string[] => {
    switch (part.is) {
      case 'column':
        return [part.name]
      case 'call':
        return part.given.flatMap(found)
      case 'two':
        return [...found(part.left), ...found(part.right)]
      case 'in':
        return [part.of, ...part.list].flatMap(found)
      case 'between':
        return [part.of, part.low, part.high].flatMap(found)
      case 'not':
      case 'minus':
      case 'empty':
      case 'matches':
        return found(part.of)
      default:
        return []
    }
  }
  return [...new Set(found(node))]
}
