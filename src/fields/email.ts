/** Cells that hold an e-mail address. What is read is an address that a shop can write to, not all that RFC 5322 allows. */
import { isMasked } from './id.ts'
import { plainText } from './text.ts'

/** One or more words of letters, digits and the signs that RFC 5322 allows, with a dot between two. */
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const QUOTED = /^"[^\s"\\]+"$/
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u
const TOP = /^(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u

/** Longest local part and longest address, RFC 5321. */
const [LOCAL_LENGTH, LENGTH] = [64, 254]

/** The address in lower case, without spaces around it, its @ or its dots; undefined where it is none, or is masked. */
export function readEmail(value: string): string | undefined {
  const address = plainText(value)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*([@.])\s*/g, '$1')
  const at = address.lastIndexOf('@')
  if (at < 1 || at > LOCAL_LENGTH || address.length > LENGTH) return undefined
  const local = address.slice(0, at)
  const isLocal = LOCAL.test(local) || QUOTED.test(local)
  return isLocal && isDomain(address.slice(at + 1)) && !isMasked(address) ? address : undefined
}

/** What mail programs and lists leave around an address. */
const AROUND = /^(?:mailto:|[<"'(\s])+|[>"'),;.\s]+$/giu

/** The one address of a cell with something around it: `mailto:`, brackets, quotes, a comma; undefined for any other. */
export function bareEmail(value: string): string | undefined {
  if (readEmail(value) !== undefined) return undefined
  const bare = plainText(value).normalize('NFKC').replace(AROUND, '')
  return bare.split('@').length === 2 ? readEmail(bare) : undefined
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP.test(labels.at(-1) ?? '')
}

/** What addresses of one mailbox have in common: no +tag, and at Gmail no dots. For comparing, never for output. */
export function emailKey(value: string): string | undefined {
  const address = readEmail(value)
  if (address === undefined) return undefined
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1) === 'googlemail.com' ? 'gmail.com' : address.slice(at + 1)
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '')
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`
}

// Typing errors --------------------------------------------------------------------------------

const POPULAR = [
  ...['gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'icloud.com', 'googlemail.com', 'live.com'],
  ...['protonmail.com', 'yahoo.co.uk', 'hotmail.co.uk', 'comcast.net', 'verizon.net', 'web.de', 'gmx.de'],
  ...['gmx.net', 'orange.fr', 'wanadoo.fr', 'yandex.ru', 'bigpond.com', 'qq.com', '163.com', '126.com'],
  ...['sina.com', 'sohu.com', 'foxmail.com', 'aliyun.com', 'yeah.net', '139.com', '189.cn'],
]
/** Real providers that are one letter from a popular one. */
const REAL = new Set([
  ...POPULAR,
  ...['ymail.com', 'email.com', 'mail.com', 'gmx.com', 'gmx.at', 'gmx.ch', 'hotmail.fr', 'hotmail.de'],
  ...['hotmail.it', 'hotmail.es', 'hotmail.se', 'outlook.fr', 'outlook.de', 'outlook.es', 'outlook.it'],
  ...['outlook.cn', 'yahoo.de', 'yahoo.fr', 'yahoo.es', 'yahoo.it', 'yahoo.cn', 'yahoo.ca', 'yahoo.in'],
  ...['yahoo.co.jp', 'yahoo.co.in', 'live.fr', 'live.cn', 'live.it', 'live.nl', 'sina.cn', 'yandex.com'],
  ...['orange.net', 'bigpond.net', 'comcast.com', 'verizon.com', 'aliyun.cn', 'sohu.net', 'yahoo.com.br'],
])
/** Endings of one slip: not those of another country, .co of Colombia and .cm of Cameroon among them. */
const SLIPS = /\.(?:con|cpm|comm|coom|ocm|vom|xom|cim|clm|co,m|c0m|ccom|comn|cok)$/
/** At these providers no other country's ending is a provider, so that a lost letter is a slip. */
const ONLY_COM = new Set(['gmail', 'icloud', 'hotmail', 'qq', '163', '126', 'foxmail', 'googlemail'])
/** Names of fewer letters have too many neighbours that are real. */
const LONG_ENOUGH = 5

/** The address that was probably meant where the domain looks like a slip of the finger. To be asked, not applied. */
export function proposedEmail(value: string): string | undefined {
  const address = readEmail(value)
  if (address === undefined) return undefined
  const at = address.lastIndexOf('@') + 1
  const domain = address.slice(at)
  const meant = REAL.has(domain) ? undefined : meantDomain(domain)
  return meant === undefined ? undefined : address.slice(0, at) + meant
}

function meantDomain(domain: string): string | undefined {
  const ending = domain.replace(SLIPS, '.com')
  if (ending !== domain) return REAL.has(ending) ? ending : (meantDomain(ending) ?? ending)
  const name = domain.slice(0, domain.indexOf('.'))
  if (ONLY_COM.has(name) && /^(?:co|cm|om|cn)$/.test(domain.slice(name.length + 1))) return `${name}.com`
  return POPULAR.find((popular) => isOneSlip(domain, popular))
}

/** The same ending, and a name of one letter too many, too few, another, or two in the wrong order. */
function isOneSlip(domain: string, popular: string): boolean {
  const [name, meant] = [domain, popular].map((each) => each.slice(0, each.indexOf('.'))) as [string, string]
  if (meant.length < LONG_ENOUGH || domain.slice(name.length) !== popular.slice(meant.length)) return false
  let from = 0
  while (from < name.length && name[from] === meant[from]) from++
  const [left, right] = [name.slice(from), meant.slice(from)]
  if (left.length === right.length)
    return (
      left.slice(1) === right.slice(1) ||
      (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
    )
  return left.slice(1) === right || left === right.slice(1)
}
