// An action failed: says why, and a screen reader announces it at once.
import SectionMessage from '@atlaskit/section-message'
import { withButtonNames } from './button-names'

export function Failure({ title, message }: { readonly title: string; readonly message: string }) {
  return (
    <div role="alert" data-testid="failure">
      <SectionMessage appearance="error" title={title} headingLevel="h3">
        <p>{withButtonNames(message)}</p>
      </SectionMessage>
    </div>
  )
}
