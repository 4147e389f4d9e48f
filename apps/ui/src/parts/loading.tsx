// Something is on its way: a spinner with the words that say what, read out when it appears.
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
