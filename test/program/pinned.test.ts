/** The command line that the first look gives reads a file as it is read without flags. */
import { expect, test } from 'vitest'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { systemExamples } from '../../fixtures/systems.ts'
import { runInside } from '../support/inside.ts'
import { scratch } from '../support/program.ts'

const OWN: Readonly<Record<string, string>> = {
  'plain.csv': 'Customer,Order,Date,Amount\na,1,2024-01-02,10\nb,2,2024-01-03,5\n',
  'semicolons.csv': "Bestellung;Kunde;Datum;Betrag\n1;O'Hara;13.01.2024;1.234,50\n2;B;14.02.2024;20,00\n",
  'no header.csv': '1,a,2024-01-02,10\n2,b,2024-01-03,5\n',
  'nothing of orders.csv': 'price,item,Status\n5,x,open\n6,y,done\n',
}

const words = (line: string): string[] =>
  [...line.matchAll(/'((?:[^']|'\\'')*)'(?: |$)|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare as string) : quoted.replaceAll("'\\''", "'"),
  )

const SYSTEMS = ['shopify-orders', 'taobao-orders', 'amazon-all-orders']
const ofSystems = systemExamples(1)
  .filter(({ name }) => SYSTEMS.includes(name))
  .map(({ file, text, encoding }) => [file, encoding ? encodeGb18030(text) : text] as const)

test.each([...Object.entries(OWN), ...ofSystems])('%s', async (file, content) => {
  const cwd = scratch({ [file]: content })
  const look = await runInside(['inspect', file, '-f', 'json'], { cwd })
  const [, command = '', ...rest] = words(JSON.parse(look.stdout.toString()).command)
  const [pinned, free] = await Promise.all([
    runInside([command, ...rest], { cwd }),
    runInside([command, file], { cwd }),
  ])
  expect(pinned.stderr).not.toContain('unknown flag')
  expect(pinned).toMatchObject({ code: 0, stdout: free.stdout })
})
