/** The texts of help, made from the specs. Examples come first: most readers want to copy one. */
import type { Spec } from '../core/command.ts'
import { exitCodes } from '../core/errors.ts'
import { formats } from '../render/format.ts'
import type { System } from '../sources/systems/system.ts'
import type { Commands } from './asked.ts'
import type { Flag, Group } from './flags.ts'
import { isSwitch, shownFlags, shownName } from './flags.ts'

const TERM_WIDTH = 24
const LONGEST_LINE = 100
const LONGEST_PLACEHOLDER = 26

interface Item {
  readonly term: string
  readonly text: string
}

const groupTitles: Readonly<Record<Group, string>> = {
  own: 'Flags of this command',
  columns: 'Columns (a header, #3 for the third, a|b for the first that exists, or none)',
  reading: 'Reading',
  writing: 'Writing',
  running: 'Running',
}

/** Flags that are about configuration and help: they cannot stand in a configuration file themselves. */
const metaItems: readonly Item[] = [
  { term: '--config <file>', text: 'read settings from this file only' },
  { term: '--no-config', text: 'no settings from files and environment' },
  { term: '-h, --help', text: 'this page' },
]

/** The words that completion offers besides the flags of a command. */
export const metaFlags = ['--config', '--no-config', '--help'] as const

/** `cust --help`. */
export function rootHelp(commands: Commands, width: number): string {
  const named = Object.entries(commands).map(([term, { spec }]) => ({ term, text: spec.summary }))
  const others = [
    { term: 'completion', text: 'Print a script for tab completion in bash, zsh or fish' },
    { term: 'help', text: `Help for a command, or on ${Object.keys(topics).join(', ')}` },
  ]
  const examples = Object.values(commands).flatMap(({ spec }) => spec.examples.slice(0, 2))
  return page([
    ['cust: customer analytics at the command line'],
    section('Examples', examples.slice(0, 8).flatMap(exampleLines)),
    ['Usage: cust <command> <file...> [flags]'],
    section('Commands', listing([...named, ...others], width)),
    section(
      'Flags',
      listing([{ term: '--version', text: 'print the version' }, ...metaItems.slice(2)], width),
    ),
    ['cust help <command> tells all about a command; exit codes: cust help exit-codes'],
  ])
}

/** `cust rfm --help`. */
export function commandHelp(name: string, spec: Spec, width: number): string {
  const flags = shownFlags(spec)
  const groups: Group[] = ['own', 'columns', 'reading', 'writing', 'running']
  return page([
    [`cust ${name}: ${spec.summary}`],
    section('Examples', spec.examples.flatMap(exampleLines)),
    [...usageLines(name, spec), '  A file may be - for standard input.'],
    ...groups.map((group) => section(groupTitles[group], listing(itemsOf(flags, group), width))),
    section('Sheets of the answer', sheetLines(spec, width)),
    section('About', paragraphs(spec.about ?? [], width)),
  ])
}

function usageLines(name: string, { verbs = {} }: Spec): string[] {
  const more = Object.entries(verbs).map(
    ([verb, option]) => `       cust ${name} ${verb} <file...> --${option} <file> [flags]`,
  )
  return [`Usage: cust ${name} <file...> [flags]`, ...more]
}

export const completionHelp = `cust completion: print a script for tab completion

Examples:
  source <(cust completion bash)
      now; put the line into ~/.bashrc to have it always
  cust completion zsh > ~/.zfunc/_cust
      with fpath+=~/.zfunc before compinit in ~/.zshrc
  cust completion fish > ~/.config/fish/completions/cust.fish

Usage: cust completion <bash|zsh|fish>
`

type Topic = (width: number) => string | Promise<string>

/** The pages of `cust help <topic>` that are not about one command. */
export const topics: Readonly<Record<string, Topic>> = {
  'exit-codes': (width) =>
    page([
      section(
        'Exit codes',
        listing([{ term: '0', text: 'done; warnings may be on stderr' }, ...codeItems()], width, 6),
      ),
    ]),
  presets: async (width) => {
    const { systems } = await import('../sources/systems/index.ts')
    return presetsPage(systems, width)
  },
  formats: (width) =>
    page([
      section('Formats', listing(formatItems, width, 10)),
      formatRules.flatMap((rule) => wrap(rule, width)),
    ]),
  config: (width) =>
    page([configRules.flatMap((rule) => (rule.startsWith(' ') ? [rule] : wrap(rule, width)))]),
}

/** The export systems that are recognised, each with what an analyst must know of its files. */
function presetsPage(systems: readonly System[], width: number): string {
  const items = systems.map(({ name, title, notes = [] }) => ({
    term: name,
    text: [`${title}.`, ...notes].join(' '),
  }))
  return page([
    section('Presets', listing(items, width)),
    wrap(
      'A file is recognised by headers that only its system writes; --preset <name> says it where they are missing, --preset none reads the file as if it came from nowhere.',
      width,
    ),
  ])
}

function codeItems(): Item[] {
  return Object.values(exitCodes).map(({ code, meaning }) => ({ term: String(code), text: meaning }))
}

const formatTexts: Readonly<Record<(typeof formats)[number], string>> = {
  table: 'for reading on a terminal: the first 20 rows and the summary',
  csv: 'comma-separated, UTF-8, stable English keys as headers, plain numbers, 2025-12-31',
  tsv: 'the same with tabs',
  json: 'one document: every sheet is a list of objects',
  ndjson: 'one object a line',
  markdown: 'tables for a document or an issue, with titles in --lang',
  html: 'one self-contained page, with titles in --lang',
  xlsx: 'a workbook: one sheet each, real numbers and dates',
  parquet: 'typed columns for other tools',
  dot: 'a network for Graphviz, of commands that have one: cust rules',
  graphml: 'the same for Gephi, yEd, Cytoscape',
}

const formatItems: readonly Item[] = formats.map((term) => ({ term, text: formatTexts[term] }))

const formatRules = [
  'Without --format: by the ending of --output, else a table on a terminal and csv in a pipe.',
  'Formats of one sheet write the first sheet; --sheet picks another.',
]

const configRules = [
  'Settings, the strongest first:',
  '  1. flags                       --bins 4',
  '  2. environment                 CUST_BINS=4, switches yes or no: CUST_STRICT=yes',
  '  3. the project, cust.config.json in the current folder',
  '  4. the user, $XDG_CONFIG_HOME/cust/config.json or ~/.config/cust/config.json',
  '',
  'The files hold flags without dashes; those of one command stand under its name:',
  '  { "format": "csv", "memory": "2GB", "rfm": { "bins": 4, "strict": true } }',
  '',
  '--config <file> (or CUST_CONFIG) replaces both files; --no-config ignores files and environment.',
  'A switch that is set can be unset: --no-strict.',
]

function exampleLines({ line, shows }: Spec['examples'][number]): string[] {
  return [`  ${line}`, `      ${shows}`]
}

function itemsOf(flags: readonly Flag[], group: Group): Item[] {
  const items = flags.filter((flag) => flag.group === group).map(itemOf)
  return group === 'running' ? [...items, ...metaItems] : items
}

function itemOf(flag: Flag): Item {
  const short = flag.short ? `-${flag.short}, ` : ''
  const { placeholder = '' } = flag.option
  const long = placeholder.length > LONGEST_PLACEHOLDER && placeholder.includes('|')
  const words = long ? `: ${placeholder.slice(1, -1).split('|').join(', ')}` : ''
  return {
    term: `${short}${shownName(flag)} ${long ? '<word>' : placeholder}`.trim(),
    text: `${flag.option.help}${words}${defaultOf(flag)}`,
  }
}

function defaultOf(flag: Flag): string {
  const value = flag.option.default
  if (isSwitch(flag) || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : ` (default: ${value.join(',')})`
  return ['string', 'number'].includes(typeof value) ? ` (default: ${value})` : ''
}

function sheetLines({ gives }: Spec, width: number): string[] {
  return Object.entries(gives).flatMap(([name, columns]) => {
    const keys = wrap(Object.keys(columns).join(', ') || 'the columns of the file', width - 6)
    return [`  ${name}`, ...keys.map((line) => `      ${line}`)]
  })
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines]
}

function page(sections: readonly (readonly string[])[]): string {
  const filled = sections.filter((lines) => lines.length > 0)
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function listing(items: readonly Item[], width: number, termWidth = TERM_WIDTH): string[] {
  return items.flatMap(({ term, text }) => {
    const [first = '', ...rest] = wrap(text, width - termWidth - 4)
    const gap = ' '.repeat(termWidth + 4)
    const head =
      term.length <= termWidth ? [`  ${term.padEnd(termWidth)}  ${first}`] : [`  ${term}`, gap + first]
    return [...head, ...rest.map((line) => gap + line)]
  })
}

function paragraphs(texts: readonly string[], width: number): string[] {
  return texts.flatMap((text, i) => [...(i === 0 ? [] : ['']), ...wrap(text, width - 2).map(indent)])
}

const indent = (line: string): string => `  ${line}`

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > Math.max(20, width)) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** Columns that help may fill. */
export function helpWidth(stdout: { readonly isTTY?: boolean; readonly columns?: number }): number {
  const columns = stdout.isTTY === true ? stdout.columns || 80 : 80
  return Math.max(40, Math.min(columns, LONGEST_LINE))
}
