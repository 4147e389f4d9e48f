// The sentence of an empty section, with the next step.
import { Text } from '@atlaskit/primitives/compiled'
import { Sentence } from './sentence'

export function Empty({ children }: { readonly children: string }) {
  return (
    <Text as="p" color="color.text.subtle">
      <Sentence>{children}</Sentence>
    </Text>
  )
}
