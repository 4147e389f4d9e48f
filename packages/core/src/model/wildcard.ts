// Patterns that admins type: `*` stands for any text. Case does not matter.

/** Compiles a pattern; several `*` in a row count as one. */
export const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split(/\*+/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
    'i',
  )
