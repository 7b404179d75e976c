/** Numbers of things in words: one row is, two rows are. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

export const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are')
