// Fields that stored documents call by an earlier name. Documents keep that name, so that every version reads every database.

type Names = Readonly<Record<string, string>>

const snapshotNames: Names = {
  inactive: 'quiet',
  inactiveIn: 'quietIn',
  baseline: 'usual',
  baselineIn: 'usualIn',
  acceptedAsBaseline: 'takenAsUsual',
}
const stepNames: Names = { sentAt: 'leftAt' }

const inverted = (names: Names): Names =>
  Object.fromEntries(Object.entries(names).map(([now, stored]) => [stored, now]))

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Renames the fields of an object, and of the objects inside those fields. */
const renamed = (value: object, names: Names): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      names[name] ?? name,
      names[name] !== undefined && isObject(one) ? renamedInside(one, names) : one,
    ]),
  )

const renamedInside = (value: object, names: Names): object =>
  Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [key, isObject(one) ? renamed(one, names) : one]),
  )

const bothWays = (names: Names) => {
  const back = inverted(names)
  return { stored: (value: object) => renamed(value, names), current: (value: object) => renamed(value, back) }
}

export const snapshotFields = bothWays(snapshotNames)
export const stepFields = bothWays(stepNames)
