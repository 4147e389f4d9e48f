// Counts in sentences: "12,500", "1 account", "3 accounts".

const numbers = new Intl.NumberFormat('en-US')

export const formatCount = (count: number): string => numbers.format(count)

/** The count with its noun in the right number. */
export const counted = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
