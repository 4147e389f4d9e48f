// A text of the catalogue; parts between backticks become code.
import { Code } from './code'

export function Sentence({ children }: { readonly children: string }) {
  return <>{children.split('`').map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part))}</>
}
