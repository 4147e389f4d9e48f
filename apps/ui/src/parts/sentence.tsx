// A text of the catalogue, with the parts between backticks set as code.
import { Code } from './code'

export function Sentence({ children }: { readonly children: string }) {
  return <>{children.split('`').map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part))}</>
}
