// A spinner with a text, which a screen reader announces.
import { Inline, Text } from '@atlaskit/primitives/compiled'
import Spinner from '@atlaskit/spinner'

export function Loading({ children }: { readonly children: string }) {
  return (
    <div role="status" data-testid="loading">
      <Inline space="space.150" alignBlock="center">
        <Spinner size="medium" />
        <Text>{children}</Text>
      </Inline>
    </div>
  )
}
