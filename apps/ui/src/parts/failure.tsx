// Why an action failed. A screen reader announces it at once.
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
