/** XML and HTML as they go by: tags and text, no tree; the only file that knows htmlparser2. */

export interface MarkupEvents {
  /** Names without prefix: `x:row` is `row`. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>, at: number) => void
  /** `implied`: the end tag is missing, and the parser puts it in. */
  readonly close: (name: string, implied: boolean) => void
  readonly text: (text: string) => void
}

export interface MarkupReader {
  readonly write: (text: string) => void
  readonly end: () => void
}

export async function markupReader(kind: 'xml' | 'html', events: MarkupEvents): Promise<MarkupReader> {
  const { Parser } = await import('htmlparser2')
  const parser = new Parser(
    {
      onopentag: (name, attributes) => events.open(local(name), attributes, parser.startIndex),
      onclosetag: (name, implied) => events.close(local(name), implied),
      ontext: (text) => events.text(text),
    },
    { xmlMode: kind === 'xml', decodeEntities: true },
  )
  return { write: (text) => parser.write(text), end: () => parser.end() }
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
