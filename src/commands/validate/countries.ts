/** The column of countries, and which country each of its words is. */
import { countryCodeNamed, onlyCountry } from '../../fields/countryName.ts'
import type { Field } from './fields.ts'

export interface CountryColumn {
  readonly field: Field
  readonly codeOf: typeof countryCodeNamed
  /** The only country that the first rows speak of. */
  readonly only: string | undefined
}

export function countryColumn(fields: readonly Field[]): CountryColumn | undefined {
  const field = fields.find(
    ({ meaning, seen }) => meaning === 'country' && seen.some(({ value }) => countryCodeNamed(value)),
  )
  return field && { field, codeOf: countryCodeNamed, only: onlyCountry(field.seen) }
}
