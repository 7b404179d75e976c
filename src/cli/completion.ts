/** Scripts for tab completion, made from the specs: commands, flags, choices, file names. */
import type { Spec } from '../core/command.ts'
import type { Commands } from './asked.ts'
import type { Flag } from './flags.ts'
import { isSwitch, shownFlags, shownName, takesFile } from './flags.ts'
import { metaFlags, topics } from './help.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

export function completionScript(shell: Shell, commands: Commands): string {
  return { bash, zsh, fish }[shell](commands)
}

const OTHERS = ['help', 'completion']

function bash(commands: Commands): string {
  return `# cust completion for bash: source <(cust completion bash)
_cust() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=""
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    words=${quote([...Object.keys(commands), ...OTHERS, '--help', '--version'].join(' '))}
  else
    case "\${COMP_WORDS[1]}" in
${Object.entries(commands)
  .map(([name, { spec }]) => bashCommand(name, spec))
  .join('\n')}
      help) words=${quote([...Object.keys(commands), ...Object.keys(topics)].join(' '))} ;;
      completion) words=${quote(shells.join(' '))} ;;
    esac
  fi
  local IFS=$' \\t\\n'
  if [[ -n $words ]]; then COMPREPLY=($(compgen -W "$words" -- "$current")); fi
  if [[ -n $files ]]; then compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -F _cust cust
`
}

const verbsOf = ({ verbs = {} }: Spec): string[] => Object.keys(verbs)

function bashCommand(name: string, spec: Spec): string {
  const flags = shownFlags(spec)
  const verbs = verbsOf(spec)
  // A verb stands before the files.
  const begun =
    verbs.length > 0 ? `if [[ $COMP_CWORD -eq 2 ]]; then words=${quote(verbs.join(' '))}; fi; ` : ''
  const valued = flags.filter((flag) => !isSwitch(flag))
  const chosen = valued.filter(({ option }) => option.choices)
  const cases = [
    ...chosen.map((flag) => `${patterns(flag)}) words=${quote((flag.option.choices ?? []).join(' '))} ;;`),
    `${[...valued.filter(takesFile).map(patterns), '--config'].join('|')}) files=yes ;;`,
    ...others(valued.filter((flag) => !takesFile(flag) && !flag.option.choices)),
    `*) if [[ $current == -* ]]; then words=${quote(flagList(flags).join(' '))}; else ${begun}files=yes; fi ;;`,
  ]
  return `      ${name})
        case "$previous" in
${cases.map((line) => `          ${line}`).join('\n')}
        esac ;;`
}

const others = (flags: readonly Flag[]): string[] =>
  flags.length === 0 ? [] : [`${flags.map(patterns).join('|')}) ;;`]

const patterns = (flag: Flag): string => (flag.short ? `--${flag.long}|-${flag.short}` : `--${flag.long}`)

const flagList = (flags: readonly Flag[]): string[] => [...flags.map(shownName), ...metaFlags]

function zsh(commands: Commands): string {
  const named = Object.entries(commands)
  return `#compdef cust
# cust completion for zsh: cust completion zsh > a folder of $fpath, as _cust
_cust() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${[...named.map(([name, { spec }]) => `${colonFree(name)}:${spec.summary}`), ...OTHERS].map((line) => `      ${quote(line)}`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${named.map(([name, { spec }]) => zshCommand(name, spec)).join('\n')}
    help) _values topic ${[...Object.keys(commands), ...Object.keys(topics)].join(' ')} ;;
    completion) _values shell ${shells.join(' ')} ;;
  esac
}
if [[ $funcstack[1] == _cust ]]; then _cust "$@"; else compdef _cust cust; fi
`
}

function zshCommand(name: string, spec: Spec): string {
  const flags = shownFlags(spec)
  const verbs = verbsOf(spec).join(' ')
  const first = `1:file:{compadd ${verbs}; _files}`
  const lines = flags.map((flag) => quote(zshFlag(flag)))
  const all = [
    ...lines,
    quote('--config[settings]:file:_files'),
    "'--no-config'",
    "'--help'",
    ...(verbs === '' ? [] : [quote(first)]),
    quote('*:file:_files'),
  ]
  return `    ${name})
      _arguments \\
${all.map((line) => `        ${line}`).join(' \\\n')} ;;`
}

function zshFlag(flag: Flag): string {
  const help = flag.option.help.replace(/[[\]\\:]/g, (character) => `\\${character}`)
  const head = `*${shownName(flag)}[${help}]`
  if (isSwitch(flag)) return head
  const words = (flag.option.choices ?? []).map((word) => word.replace(/[ ()\\:]/g, '\\$&'))
  const value = words.length > 0 ? `(${words.join(' ')})` : takesFile(flag) ? '_files' : ' '
  return `${head}:value:${value}`
}

const colonFree = (word: string): string => word.replace(/:/g, '\\:')

function fish(commands: Commands): string {
  const first = '__fish_use_subcommand'
  const entries = Object.entries(commands)
  const names = entries.map(([name, { spec }]) => fishLine(`-n ${first} -f -a ${name}`, spec.summary))
  const rest = OTHERS.map((name) => fishLine(`-n ${first} -f -a ${name}`, ''))
  const flags = entries.flatMap(([name, { spec }]) => fishCommand(name, spec))
  const topicWords = [...Object.keys(commands), ...Object.keys(topics)].join(' ')
  return `# cust completion for fish: cust completion fish > ~/.config/fish/completions/cust.fish
${[...names, ...rest, ...flags].join('\n')}
complete -c cust -n '__fish_seen_subcommand_from help' -f -a ${quote(topicWords)}
complete -c cust -n '__fish_seen_subcommand_from completion' -f -a ${quote(shells.join(' '))}
`
}

function fishCommand(name: string, spec: Spec): string[] {
  const flags = shownFlags(spec)
  const seen = `-n '__fish_seen_subcommand_from ${name}'`
  const lines = flags.map((flag) => {
    const short = flag.short ? ` -s ${flag.short}` : ''
    return fishLine(`${seen}${short} -l ${shownName(flag).slice(2)}${fishValue(flag)}`, flag.option.help)
  })
  const verbs = verbsOf(spec).map((verb) => fishLine(`${seen} -a ${verb}`, ''))
  return [
    ...verbs,
    ...lines,
    `complete -c cust ${seen} -l config -r -F`,
    `complete -c cust ${seen} -l no-config`,
  ]
}

function fishValue(flag: Flag): string {
  if (isSwitch(flag)) return ''
  if (flag.option.choices) return ` -x -a ${quote(flag.option.choices.join(' '))}`
  return takesFile(flag) ? ' -r -F' : ' -x'
}

const fishLine = (what: string, help: string): string =>
  `complete -c cust ${what}${help === '' ? '' : ` -d ${quote(help)}`}`

/** One word of a shell script. */
const quote = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`
