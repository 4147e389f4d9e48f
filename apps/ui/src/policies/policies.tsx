// Policies: the list, or the editor of one of them. "new" is a policy that nobody has saved yet.
import type { ScreenProps } from '../shell/route'
import { EditorScreen } from './editor-screen'
import { PolicyList } from './policy-list'

export default function Policies({ id, query }: ScreenProps) {
  return id === undefined ? <PolicyList /> : <EditorScreen name={id} query={query} />
}
