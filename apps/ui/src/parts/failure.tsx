// An action failed: says why, and a screen reader announces it at once.
import SectionMessage from '@atlaskit/section-message'

export function Failure({ title, message }: { readonly title: string; readonly message: string }) {
  return (
    <div role="alert" data-testid="failure">
      <SectionMessage appearance="error" title={title} headingLevel="h3">
        <p>{message}</p>
      </SectionMessage>
    </div>
  )
}
