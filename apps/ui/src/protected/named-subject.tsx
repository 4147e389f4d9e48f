// The subject of an entry: the name and id of a user, else the subject as an admin typed it.
import { Code } from '../parts/code'
import layout from '../parts/layout.module.css'

interface Subject {
  readonly subject: string
  readonly name: string | null
}

/** The name to show for an entry. */
export const nameOf = ({ subject, name }: Subject): string => name ?? subject

export function NamedSubject({ subject, name }: Subject) {
  if (name === null) return <bdi className={layout['wrap']}>{subject}</bdi>
  return (
    <>
      <bdi className={layout['wrap']}>{name}</bdi> <Code>{subject}</Code>
    </>
  )
}
